"""Changes → the text of a YAML file in which only they differ (design.md, decision 11).

A value is replaced where it stands; comments, order, quotes, blank lines and line ends of everything else stay. What
comes out is read again before it is given back: it holds exactly the values with the changes made, or nothing happens.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from .changes import GONE, Change, applied, at
from .model import Loc
from .reading import parse

WIDEST = 200
"""Characters of a line up to which a new list or mapping stands in one."""

SHORT = 100
"""Characters of a line up to which an item with mappings inside it stands in one."""

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=~<][^\n\t#:,\[\]{}\"']*(?<!\s)")
"""Words that need no quotes anywhere."""
_KEY = re.compile(r"""[\w-]+|"[\w-]+"|'[\w-]+'""")
"""The name of a field as it may be written."""
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Order = Callable[[Loc], Sequence[str]]
"""The names that the mapping at a place may have, in the order in which editors are used to see them."""


class NotSpliced(Exception):
    """The text is written in a way in which this change cannot be made without touching others."""


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    text: str


def spliced(text: str, changes: Iterable[Change], order: Order = lambda loc: ()) -> str:
    """The text with the changes made and nothing else touched; the same text where they change nothing.

    Raises `NotSpliced` where a change cannot be made so (an anchor, two collections that begin on one line).
    """
    wanted = [change for change in changes if change.new or at(parse(text).value, change.loc) != change.value]
    if not wanted:
        return text
    expected = applied(parse(text).value, wanted)
    made = _Writer(text.replace("\r\n", "\n"), order).write(wanted)
    result = made.replace("\n", "\r\n") if "\r\n" in text else made
    read = parse(result)
    if read.cut or read.value != expected or len(read.faults) > len(parse(text).faults):
        raise NotSpliced(", ".join(".".join(map(str, change.loc)) for change in wanted[:3]))
    return result


class _Writer:
    """One text, composed once; edits are found in it and made from the end to the beginning."""

    def __init__(self, text: str, order: Order):
        self.text, self.order = text, order
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.top: Any = yaml.compose(text, Loader=_Loader)

    def write(self, changes: list[Change]) -> str:
        edits: list[_Edit] = []
        for parent, group in _by_parent(changes).items():
            edits += self._edits(self._node(parent), parent, group)
        text = self.text
        edits.sort(key=lambda edit: (edit.start, edit.end))
        for edit in reversed(edits):
            text = text[: edit.start] + edit.text + text[edit.end :]
        return text

    # --- where things stand

    def _node(self, loc: Loc) -> Any:
        node = self.top
        for part in loc:
            node = self._child(node, part)[1]
        return node

    def _child(self, node: Any, part: str | int) -> tuple[Any, Any]:
        """The key (nothing in a list) and the value."""
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == part:
                    return key, value
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            return None, node.value[part]
        raise NotSpliced(str(part))

    def _offset(self, mark: Any) -> int:
        return int(self.starts[mark.line] + mark.column)

    def _line(self, offset: int) -> int:
        """Where the line of this offset begins."""
        return self.text.rfind("\n", 0, offset) + 1

    def _line_end(self, offset: int) -> int:
        """Where the line of this offset ends, after its "\\n"."""
        found = self.text.find("\n", offset)
        return len(self.text) if found < 0 else found + 1

    def _end(self, node: yaml.Node) -> int:
        """Where the last sign of a value stands: YAML itself counts the comments after it in."""
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            end = self._offset(node.end_mark)
            return len(self.text[:end].rstrip())
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        return self._offset(node.end_mark)

    # --- the edits of one mapping or list

    def _edits(self, node: yaml.Node, loc: Loc, group: list[Change]) -> Iterator[_Edit]:
        if not isinstance(node, yaml.CollectionNode):
            raise NotSpliced(".".join(map(str, loc)))
        gone = [change.loc[-1] for change in group if change.value is GONE]
        added = [change for change in group if change.new]
        kept = len(node.value) - len(gone)
        if (gone and not kept) or (added and not node.value):
            yield self._rewritten(node, loc, group)
            return
        for change in group:
            if change.value is not GONE and not change.new:
                yield self._set(node, change)
        yield from self._flow(node, gone, added) if node.flow_style else self._block(node, loc, gone, added)

    def _rewritten(self, node: yaml.Node, loc: Loc, group: list[Change]) -> _Edit:
        """A collection that loses all it has, or had nothing: written anew, in one line."""
        inner = [Change(change.loc[len(loc) :], change.value, change.new) for change in group]
        value = applied(at(parse(self.text).value, loc), inner)
        if not loc:
            return _Edit(self._offset(node.start_mark), self._end(node), _flow(value))
        return self._set(self._node(loc[:-1]), Change(loc, value))

    def _set(self, node: Any, change: Change) -> _Edit:
        key, value = self._child(node, change.loc[-1])
        start, end = self._offset(value.start_mark), self._end(value)
        if isinstance(change.value, str) and isinstance(value, yaml.ScalarNode):
            return _Edit(start, end, _scalar(change.value, value.style))
        in_line = isinstance(value, yaml.ScalarNode) or value.flow_style
        if node.flow_style or (in_line and not isinstance(change.value, dict | list)):
            return _Edit(start, end, _flow(change.value))
        indent = node.start_mark.column
        if key is None:
            return _Edit(start, end, _entry(change.value, indent + 2))
        after = self._offset(key.end_mark) + 1
        return _Edit(after, end, _after_key(change.value, indent))

    # flow: {a: b, c: d}, [a, b]

    def _flow(self, node: yaml.Node, gone: list[Any], added: list[Change]) -> Iterator[_Edit]:
        spans = [self._flow_span(child) for child in node.value]
        names = [child[0].value if isinstance(child, tuple) else index for index, child in enumerate(node.value)]
        leaving = {index for index, name in enumerate(names) if name in gone}
        staying = [index for index in range(len(spans)) if index not in leaving]
        for index in sorted(leaving):
            if index < staying[0]:
                yield _Edit(spans[index][0], spans[index + 1][0], "")
            else:
                yield _Edit(spans[index - 1][1], spans[index][1], "")
        for place, changes in self._flow_places(node, added).items():
            words = ", ".join(_flow_entry(change) for change in changes)
            if place < len(spans) and isinstance(node, yaml.SequenceNode):
                yield _Edit(spans[place][0], spans[place][0], words + ", ")
            else:
                yield _Edit(spans[-1][1], spans[-1][1], ", " + words)

    def _flow_span(self, child: Any) -> tuple[int, int]:
        first, last = child if isinstance(child, tuple) else (child, child)
        return self._offset(first.start_mark), self._end(last)

    @staticmethod
    def _flow_places(node: yaml.Node, added: list[Change]) -> dict[int, list[Change]]:
        places: dict[int, list[Change]] = {}
        for change in added:
            last = change.loc[-1]
            places.setdefault(last if isinstance(last, int) else len(node.value), []).append(change)
        return places

    # block: a key or a dash a line

    def _block(self, node: yaml.Node, loc: Loc, gone: list[Any], added: list[Change]) -> Iterator[_Edit]:
        for part in gone:
            yield self._without(node, part)
        indent = node.start_mark.column
        if isinstance(node, yaml.SequenceNode):
            for change in added:
                yield self._item(node, indent, change)
        else:
            for change in self._sorted(added, loc):
                offset = self._line_end(self._end(self._before(node, loc, str(change.loc[-1]), gone)))
                line = f"{' ' * indent}{_name(change.loc[-1])}:{_after_key(change.value, indent)}\n"
                yield _Edit(offset, offset, self._broken(offset) + line)

    def _sorted(self, added: list[Change], loc: Loc) -> list[Change]:
        """New keys in the order of editors; those that it does not know come last."""
        order = list(self.order(loc))
        return sorted(added, key=lambda change: order.index(change.loc[-1]) if change.loc[-1] in order else len(order))

    def _broken(self, offset: int) -> str:
        """The line end that a last line without one needs before another."""
        return "\n" if offset and self.text[offset - 1] != "\n" else ""

    def _before(self, node: yaml.Node, loc: Loc, name: str, gone: list[Any]) -> yaml.Node:
        """The value after which a new key belongs."""
        order = list(self.order(loc))
        earlier = order[: order.index(name)] if name in order else []
        staying = [(key, value) for key, value in node.value if key.value not in gone]
        known = [value for key, value in staying if key.value in earlier]
        last: yaml.Node = known[-1] if known else staying[-1 if name not in order else 0][1]
        return last

    def _without(self, node: yaml.Node, part: str | int) -> _Edit:
        """The lines of a key or an item taken away."""
        key, value = self._child(node, part)
        first = key or value
        start = self._offset(first.start_mark)
        line = self._line(start)
        if key is not None and self.text[line:start].strip():
            index = next(i for i, (other, _) in enumerate(node.value) if other is key)
            return _Edit(start, self._offset(node.value[index + 1][0].start_mark), "")
        if key is None and self.text[line:start].strip() != "-":
            raise NotSpliced(str(part))
        return _Edit(line, self._line_end(self._end(value)), "")

    def _item(self, node: yaml.Node, indent: int, change: Change) -> _Edit:
        """A new item, apart from its neighbours by a blank line where they are apart from each other."""
        index = change.loc[-1]
        assert isinstance(index, int)
        body = f"{' ' * indent}- {_entry(change.value, indent + 2)}\n"
        starts = [self._line(self._offset(item.start_mark)) for item in node.value]
        apart = "\n" if any(self.text[:start].endswith("\n\n") for start in starts[1:] or starts) else ""
        if index < len(starts):
            return _Edit(starts[index], starts[index], body + apart)
        offset = self._line_end(self._end(node.value[-1]))
        return _Edit(offset, offset, self._broken(offset) + apart + body)


def _by_parent(changes: list[Change]) -> dict[Loc, list[Change]]:
    groups: dict[Loc, list[Change]] = {}
    for change in changes:
        if not change.loc:
            raise NotSpliced("the whole file")
        groups.setdefault(change.loc[:-1], []).append(change)
    return groups


def entry(name: str, value: Any) -> str:
    """A key with its value as a new file has them, at the left margin."""
    return f"{_name(name)}:{_after_key(value, 0)}"


def scalar(text: str) -> str:
    """A text as a value, in quotation marks where it needs them."""
    return _scalar(text)


# --- new words -------------------------------------------------------------------------------


def _name(part: Any) -> str:
    return _scalar(str(part))


def _scalar(text: str, style: str | None = None) -> str:
    """A text in the quotes that the one before it had, as far as they can hold it."""
    if style == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if not style and _PLAIN.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def _flow_entry(change: Change) -> str:
    last = change.loc[-1]
    return _flow(change.value) if isinstance(last, int) else f"{_name(last)}: {_flow(change.value)}"


def _flow(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_name(key)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return _scalar(str(value))


def _in_line(value: Any) -> bool:
    """Does it stand in one line: words, or a few of them?"""
    if not isinstance(value, dict | list) or not value:
        return True
    items = list(value.values() if isinstance(value, dict) else value)
    simple = not any(isinstance(item, dict | list) for item in items)
    words = isinstance(value, dict) and set(value) <= {"ka", "en"}
    return words or (simple and len(_flow(value)) <= WIDEST)


def _entry(value: Any, indent: int) -> str:
    """An item of a list, after its dash."""
    if isinstance(value, dict) and "id" not in value and _short(value):
        return _flow(value)
    return _block(value, indent).lstrip()


def _short(value: dict[str, Any]) -> bool:
    """Does an item of a list fit into one line, though it holds mappings or lists? Not where it holds rows."""
    return len(_flow(value)) <= SHORT and not _has_rows(value)


def _has_rows(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_has_rows(item) for item in value.values())
    return isinstance(value, list) and any(isinstance(item, dict | list) for item in value)


def _after_key(value: Any, indent: int) -> str:
    """A value after its key and colon; a list stands under its key, a mapping two columns further."""
    if _in_line(value):
        return " " + _flow(value)
    return "\n" + _block(value, indent if isinstance(value, list) else indent + 2)


def _block(value: Any, indent: int) -> str:
    """A value in lines of its own, without the last line end."""
    space = " " * indent
    if isinstance(value, dict) and not (indent and _in_line(value) and "id" not in value):
        return "\n".join(f"{space}{_name(key)}:{_after_key(item, indent)}" for key, item in value.items())
    if isinstance(value, list) and not _in_line(value):
        return "\n".join(f"{space}- {_entry(item, indent + 2)}" for item in value)
    return space + _flow(value)


# --- other names -----------------------------------------------------------------------------


def renamed(text: str, names: Mapping[Loc, str]) -> str:
    """The text in which the keys at these places have other names; their values, comments and order stay.

    Raises `NotSpliced` where a key is not there, or where the mapping has the other name already.
    """
    parsed, starts = parse(text), [0, *(found.end() for found in re.finditer("\n", text))]
    made, before = text, len(text) - len(text.removeprefix("\ufeff"))
    for loc in sorted(names, key=lambda loc: parsed.keys.get(loc, (0, 0)), reverse=True):
        if loc not in parsed.keys or (*loc[:-1], names[loc]) in parsed.keys:
            raise NotSpliced(".".join(map(str, loc)))
        line, column = parsed.keys[loc]
        start = starts[line - 1] + column - 1 + (before if line == 1 else 0)
        written = _KEY.match(made, start)
        if not written:
            raise NotSpliced(".".join(map(str, loc)))
        made = made[:start] + _name(names[loc]) + made[written.end() :]
    if parse(made).value != _other_names(parsed.value, names):
        raise NotSpliced(", ".join(".".join(map(str, loc)) for loc in list(names)[:3]))
    return made


def _other_names(value: Any, names: Mapping[Loc, str], loc: Loc = ()) -> Any:
    if isinstance(value, dict):
        return {names.get((*loc, key), key): _other_names(item, names, (*loc, key)) for key, item in value.items()}
    if isinstance(value, list):
        return [_other_names(item, names, (*loc, index)) for index, item in enumerate(value)]
    return value
