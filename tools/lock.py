"""Write the hash-pinned requirement files from pyproject.toml and bootstrap.in."""

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
COMPILE: Final = (
    str(Path(sys.executable).parent / "uv"),
    "pip",
    "compile",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    # No comment and no header: neither says where a file came from.
    "--no-annotate",
    "--no-header",
    "--quiet",
)
PROJECT: Final = ("pyproject.toml", "--extra=postgres")
FILES: Final = {
    "bootstrap.txt": ("requirements/bootstrap.in",),
    "runtime.txt": PROJECT,
    "test.txt": (*PROJECT, "--extra=test", "--constraint=requirements/runtime.txt"),
}


def main() -> int:
    """Compile each file in turn; ``--upgrade`` takes the newest versions."""
    for name, sources in FILES.items():
        output = f"--output-file=requirements/{name}"
        command = [*COMPILE, *sources, output, *sys.argv[1:]]
        subprocess.run(command, cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
