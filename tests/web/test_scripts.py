"""Test that a script and what it imports become one, each module once and by itself."""

import subprocess

import pytest

from tools.check import NODE
from tracker.web import assets
from tracker.web.scripts import ScriptError, joined


def run(script: bytes) -> str:
    """Run a script in Node as a classic one, the strictest reader there is."""
    done = subprocess.run([NODE, "-e", script], capture_output=True, text=True, check=True)
    return done.stdout


def test_modules_run_once_in_the_order_of_their_imports_and_keep_their_names_apart() -> None:
    contents = {
        "js/page.js": b'import "./left.js";\n'
        b'import {\n  name,\n  shout as loud,\n} from "./right.js";\n'
        b'const secret = "page";\nconsole.log(secret, name, loud());\n',
        "js/left.js": b'import { name } from "./leaf.js";\nconst secret = "left";\n'
        b"console.log(secret, name);\n",
        "js/right.js": b'import { name as leaf } from "./leaf.js";\n'
        b"export const name = `${leaf}!`;\nexport async function later() {}\n"
        b"export class Thing {}\nexport function shout() {\n  return name.toUpperCase();\n}\n",
        "js/leaf.js": b'console.log("once");\nexport const name = "leaf";\n',
    }
    assert run(joined("js/page.js", contents)) == "once\nleft leaf\npage leaf! LEAF!\n"


def test_comments_on_lines_of_their_own_stay_behind() -> None:
    contents = {
        "js/page.js": b"// What it is.\n"
        b'import "./leaf.js";\n\n/**\n * Says it.\n */\nlet a = 1; // kept\n  // gone\n',
        "js/leaf.js": b'const address = "http://x"; /* kept */\n',
    }
    made = joined("js/page.js", contents)
    assert b"What" not in made
    assert b"Says" not in made
    assert b"gone" not in made
    assert made.count(b"kept") == 2
    assert b"\n  " not in made
    assert b"http://x" in made


def test_the_scripts_of_tonights_page_are_small() -> None:
    tonight = assets.read().files["js/tonight.js"]
    assert len(tonight.packed["gzip"]) <= 12_000


def test_a_script_that_imports_nothing_stays_as_it_is() -> None:
    assert joined("js/a.js", {"js/a.js": b"let a = 1;\n"}) == b"let a = 1;\n"


@pytest.mark.parametrize(
    ("contents", "said"),
    [
        ({"js/a.js": b'import "./gone.js";\n'}, "js/a.js imports js/gone.js, which is not there"),
        ({"js/a.js": b'import "./b.js";\n', "js/b.js": b'import "./a.js";\n'}, "imports itself"),
        ({"js/a.js": b"export default 1;\n"}, "js/a.js can't be joined: export default 1;"),
        ({"js/a.js": b"export const a = `\n  1`;\n"}, "js/a.js has a text over several lines"),
        ({"js/a.js": b'import x from "./b.js";\n', "js/b.js": b""}, "can't be joined: import x"),
    ],
)
def test_what_can_not_be_joined_is_named(contents: dict[str, bytes], said: str) -> None:
    with pytest.raises(ScriptError, match=said):
        joined("js/a.js", contents)
