"""The colours of what a browser paints, at one moment or on its way."""

import base64
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

COUNTED = """async (bytes) => {
  const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
  const paper = new OffscreenCanvas(image.width, image.height).getContext("2d");
  paper.drawImage(image, 0, 0);
  const { data } = paper.getImageData(0, 0, image.width, image.height);
  const found = new Set();
  for (let i = 0; i < data.length; i += 4) found.add(data.slice(i, i + 3).join());
  return [...found].slice(0, 99);
}"""


def painted(page: Page) -> set[str]:
    """Return the colours of the screen as it is, each such as "21,17,14"; at most 99."""
    picture = page.screenshot()
    table = page.context.new_page()
    found: list[str] = table.evaluate(COUNTED, list(picture))
    table.close()
    return set(found)


BRIGHT = """async (frames) => {
  const shares = [];
  for (const frame of frames) {
    const image = await createImageBitmap(new Blob([new Uint8Array(frame)]));
    const paper = new OffscreenCanvas(image.width, image.height).getContext("2d");
    paper.drawImage(image, 0, 0);
    const { data } = paper.getImageData(0, 0, image.width, image.height);
    let bright = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i] > 200 && data[i + 2] > 200) bright += 1;
    shares.push(bright / (data.length / 4));
  }
  return shares;
}"""


def bright_shares(page: Page, journey: Callable[[], None]) -> list[float]:
    """Return how much of each frame is nearly white that is painted during a journey, 0 to 1."""
    frames: list[list[int]] = []
    session = page.context.new_cdp_session(page)

    def keep(frame: dict[str, Any]) -> None:
        frames.append(list(base64.b64decode(frame["data"])))
        session.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

    session.on("Page.screencastFrame", keep)
    session.send("Page.startScreencast", {"format": "png", "maxWidth": 90, "maxHeight": 160})
    journey()
    session.send("Page.stopScreencast")
    table = page.context.new_page()
    shares: list[float] = table.evaluate(BRIGHT, frames)
    table.close()
    return shares
