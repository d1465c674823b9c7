"""Issues and merge requests on GitLab, kept by its API with a token of the project.

A job's own token may push where the project allows it, and may neither open issues nor write comments.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

DRAFT = "Draft: "
"""How GitLab knows a merge request that may not be merged yet."""


class Refused(Exception):
    """GitLab did not do what it was asked; the words say what it answered."""


@dataclass(frozen=True)
class Project:
    """A project on GitLab: the address of the API, the project's number, a token with the scope `api`."""

    api: str
    id: str
    token: str

    def ask(self, method: str, path: str, **fields: str) -> Any:
        """What the API answers; raises `Refused`."""
        address = f"{self.api}/projects/{urllib.parse.quote(self.id, safe='')}/{path}"
        query = f"?{urllib.parse.urlencode(fields)}" if method == "GET" else ""
        request = urllib.request.Request(
            address + query,
            data=None if method == "GET" else json.dumps(fields).encode(),
            headers={"PRIVATE-TOKEN": self.token, "Content-Type": "application/json"},
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                raise Refused(f"{method} {path}: {error.code}") from None
        except (OSError, ValueError) as error:
            raise Refused(f"{method} {path}: {type(error).__name__}") from None


def keep_issue(project: Project, label: str, title: str, text: str) -> str:
    """One open issue with the label says `text`; without a text it is closed. Gives back its address."""
    found = project.ask("GET", "issues", labels=label, state="opened")
    if found:
        path = f"issues/{found[0]['iid']}"
        change = {"description": text} if text else {"state_event": "close"}
        return str(project.ask("PUT", path, **change)["web_url"])
    if not text:
        return ""
    return str(project.ask("POST", "issues", title=title, labels=label, description=text)["web_url"])


def keep_request(project: Project, branch: str, target: str, title: str, text: str, comment: str) -> str:
    """One open merge request of the branch says `text`; with a comment it is a draft. Gives back its address."""
    title = f"{DRAFT}{title}" if comment else title
    found = project.ask("GET", "merge_requests", source_branch=branch, state="opened")
    if found:
        request = project.ask("PUT", f"merge_requests/{found[0]['iid']}", title=title, description=text)
    else:
        request = project.ask(
            "POST",
            "merge_requests",
            source_branch=branch,
            target_branch=target,
            title=title,
            description=text,
            remove_source_branch="true",
        )
    if comment:
        project.ask("POST", f"merge_requests/{request['iid']}/notes", body=comment)
    return str(request["web_url"])
