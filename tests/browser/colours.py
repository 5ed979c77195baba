"""The colours of what a browser paints."""

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
