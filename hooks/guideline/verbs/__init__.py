"""What can be asked of a copy: one function a verb, told and ended in one line each."""
