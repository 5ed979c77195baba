"""One visit of a phone to a diary: runs in the phone's own network and prints what it met."""

import json
import sys
import tempfile
from pathlib import Path

from tests.browser.journey import PASSWORD
from tools.prove import knocking, visiting
from tools.prove.knocking import Door


def main() -> int:
    """Print one JSON object: what was tried, and whether it held."""
    base, authority, name, link, *addresses = sys.argv[1:]
    first, second, third = (Door(base, address, authority) for address in addresses)
    found: dict[str, bool] = {}
    with tempfile.TemporaryDirectory() as homes:
        if authority:
            with visiting.phone(Path(homes, "stranger"), "") as running:
                found["without the authority's certificate nothing is shown"] = visiting.refused(
                    running, base
                )
        with visiting.phone(Path(homes, "phone"), authority) as running:
            found |= visiting.visited(running, base, link, name)
    found |= knocking.knocked((first, second, third), name, PASSWORD)
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
