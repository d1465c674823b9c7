"""What must hold of the data beyond their shape. Each check is a generator of findings; nothing is raised."""
