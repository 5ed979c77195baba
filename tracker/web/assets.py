"""Static files: read, hashed and compressed once at start, then served from memory.

The address holds the digest of all files, so an answer never goes stale and another release has
other addresses. The style sheets of `css/` become one `app.css`, a script of `js/` one file with
what it imports. Large files bring their compressed forms along, as `.gz` and `.br` beside them.
"""

import base64
import gzip
import hashlib
import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from tracker.web import scripts

FOLDER: Final = Path(__file__).resolve().parent / "static"
PREFIX: Final = "/static/"
STYLES: Final = "app.css"
# Later style sheets lean on these; the rest follow by name.
FIRST_STYLES: Final = ("tokens.css", "base.css", "components.css")
TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".json": "application/json",
}
PACKED: Final = (".br", ".gz")
WORTH_PACKING: Final = frozenset({".css", ".js", ".svg", ".json"})
FOR_EVER: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served. `packed` holds its compressed forms by encoding, best first."""

    name: str
    content_type: str
    content: bytes = field(repr=False)
    packed: Mapping[str, bytes] = field(repr=False)
    integrity: str


@dataclass(frozen=True, slots=True)
class Assets:
    """All files by name, under one digest."""

    digest: str
    files: Mapping[str, Asset]

    def address(self, name: str) -> str:
        """Return the path at which `name` is served.

        Raises:
            KeyError: there is no such file.
        """
        return f"{PREFIX}{self.digest}/{self.files[name].name}"


def read(folder: Path = FOLDER) -> Assets:
    """Return the files below `folder`, ready to be served."""
    contents = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in TYPES
    }
    sheets = [name for name in contents if name.startswith("css/")]
    sheets.sort(key=_style_order)
    contents[STYLES] = b"".join(contents.pop(name) for name in sheets)
    contents |= {
        name: scripts.joined(name, contents) for name in contents if name.startswith("js/")
    }
    whole = hashlib.sha256()
    for name, content in sorted(contents.items()):
        whole.update(f"{name}\0{len(content)}\0".encode() + content)
    return Assets(
        whole.hexdigest()[:16],
        {name: _asset(folder, name, content) for name, content in contents.items()},
    )


def _style_order(name: str) -> tuple[int, str]:
    short = name.removeprefix("css/")
    known = short in FIRST_STYLES
    return (FIRST_STYLES.index(short) if known else len(FIRST_STYLES)), short


def _asset(folder: Path, name: str, content: bytes) -> Asset:
    suffix = posixpath.splitext(name)[1]
    digest = base64.b64encode(hashlib.sha384(content).digest()).decode()
    return Asset(
        name=name,
        content_type=TYPES[suffix],
        content=content,
        packed=_packed(folder / name, content) if suffix in WORTH_PACKING else {},
        integrity=f"sha384-{digest}",
    )


def _packed(path: Path, content: bytes) -> Mapping[str, bytes]:
    beside = {suffix: path.with_name(path.name + suffix) for suffix in PACKED}
    found = {suffix[1:]: file.read_bytes() for suffix, file in beside.items() if file.exists()}
    if not found:
        found["gz"] = gzip.compress(content, mtime=0)
    return {"gzip" if kind == "gz" else kind: packed for kind, packed in found.items()}


def _accepts(environ: WSGIEnvironment) -> Callable[[str], bool]:
    offered = {
        part.partition(";")[0].strip(): part.replace(" ", "").endswith(";q=0")
        for part in environ.get("HTTP_ACCEPT_ENCODING", "").split(",")
    }
    return lambda encoding: offered.get(encoding) is False


def served(app: WSGIApplication, assets: Assets) -> WSGIApplication:
    """Return `app` with the files in front of it; what is no file of ours goes on to `app`."""
    found = {assets.address(name): asset for name, asset in assets.files.items()}

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asset = found.get(environ.get("PATH_INFO", ""))
        if asset is None or environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return app(environ, start_response)
        encoding = next(filter(_accepts(environ), asset.packed), None)
        body = asset.packed[encoding] if encoding else asset.content
        headers = [
            ("Content-Type", asset.content_type),
            ("Content-Length", str(len(body))),
            ("Cache-Control", FOR_EVER),
            ("Vary", "Accept-Encoding"),
        ]
        if encoding:
            headers.append(("Content-Encoding", encoding))
        start_response("200 OK", headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    return answer
