"""A picture drawn anew: its points and nothing else, turned the right way up."""

from io import BytesIO

from PIL import Image, ImageOps, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin

from bedside.record.attachments.limits import LONGEST_SIDE, MOST_PIXELS
from bedside.record.attachments.sandbox.answer import Copy, Declined, Why

Image._initialized = 2  # noqa: SLF001 - the plug-ins above are all there are; no other is looked for
PLUGINS = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin)
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 88


def copy_picture(data: bytes) -> Copy:
    """Draw the first picture of a file anew, as a JPEG without metadata."""
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Declined(Why.PIXELS)
            return Copy(media="image/jpeg", data=_draw(picture), pages=1)
    except Image.DecompressionBombError:
        raise Declined(Why.PIXELS) from None


def _draw(picture: Image.Image) -> bytes:
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))  # first, so that what follows costs little
    ImageOps.exif_transpose(picture, in_place=True)
    return write_jpeg(_flatten(picture), quality=QUALITY)


def _flatten(picture: Image.Image) -> Image.Image:
    """Put what is see-through on white, as it is shown on most screens."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    ground = Image.new("RGB", layered.size, "white")
    ground.paste(layered, mask=layered.getchannel("A"))
    return ground


def write_jpeg(picture: Image.Image, *, quality: int) -> bytes:
    """Write the points of a picture as a JPEG, and nothing that came with them."""
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    written = BytesIO()
    draw_into = bare.save  # into memory, a picture and no row of a table
    draw_into(written, "JPEG", quality=quality)
    return written.getvalue()
