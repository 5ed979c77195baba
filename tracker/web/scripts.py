"""Scripts joined at start: a page asks for one file, which holds the modules that it imports.

Each module becomes a function that is run once, so that none sees another's names. What may stand
at the start of a line: `import { a, b as c } from "./x.js";`, `import "./x.js";`, and `export`
before `const`, `function`, `async function` or `class`. Nothing else of modules is understood.
Comments that have their lines to themselves, and indentation, stay here: phones need neither.
"""

import posixpath
import re
from collections.abc import Mapping
from typing import Final

IMPORT: Final = re.compile(r'^import\s+(?:\{([^}]*)\}\s+from\s+)?"(\.[^"]+)";$', re.MULTILINE)
EXPORT: Final = re.compile(
    r"^export (?=(?:const|(?:async )?function|class) ([A-Za-z_]\w*))", re.MULTILINE | re.ASCII
)
COMMENT: Final = re.compile(r"^\s*(?://.*|/\*\*[\s\S]*?\*/)\n", re.MULTILINE)
INDENTATION: Final = re.compile(r"^\s+", re.MULTILINE)
LEFT: Final = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


class ScriptError(ValueError):
    """A script imports or exports in a way that can't be joined."""


def joined(name: str, contents: Mapping[str, bytes]) -> bytes:
    """Return the script `name` with all that it imports before it; one that imports nothing stays.

    Args:
        name: of the file, relative to the folder of static files.
        contents: every file by its name.

    Raises:
        ScriptError: an import is circular, leads nowhere or is not understood.
    """
    source = contents[name].decode()
    if IMPORT.search(source) is None and LEFT.search(source) is None:
        return contents[name]
    modules: list[str] = []
    written: list[str] = []
    _add(name, contents, modules, written, ())
    return ('"use strict";\n' + "".join(written)).encode()


def _add(
    name: str,
    contents: Mapping[str, bytes],
    modules: list[str],
    written: list[str],
    above: tuple[str, ...],
) -> None:
    """Write a module after what it imports; each only once."""
    if name in above:
        raise ScriptError(f"{name} imports itself, by way of {' and '.join(above)}")
    if name in modules:
        return
    if name not in contents:
        raise ScriptError(f"{above[-1]} imports {name}, which is not there")
    source = _light(name, contents[name].decode())
    for _, path in IMPORT.findall(source):
        _add(_target(name, path), contents, modules, written, (*above, name))

    def taken(found: re.Match[str]) -> str:
        names = ", ".join(part.strip().replace(" as ", ": ") for part in _listed(found[1]))
        return f"const {{ {names} }} = ${modules.index(_target(name, found[2]))};"

    exports = ", ".join(EXPORT.findall(source))
    body = EXPORT.sub("", IMPORT.sub(taken, source))
    left = LEFT.search(body)
    if left is not None:
        raise ScriptError(f"{name} can't be joined: {left[0]}")
    modules.append(name)
    written.append(
        f"const ${len(modules) - 1} = (() => {{\n{body}return {{ {exports} }};\n}})();\n"
    )


def _light(name: str, source: str) -> str:
    """Return a script without comments and indentation."""
    light = INDENTATION.sub("", COMMENT.sub("", source))
    for line in light.splitlines():
        if line.count("`") % 2:
            raise ScriptError(f"{name} has a text over several lines: {line}")
    return light


def _target(name: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


def _listed(names: str | None) -> list[str]:
    return [part for part in (names or "").split(",") if part.strip()]
