"""What kind of file it is, by its first bytes and its name. Nothing is opened with any other program, or shown."""

from typing import Final

MAGIC_BYTES: Final = 32
"""How much of the beginning of a file is looked at."""

_BY_SUFFIX: Final = {
    "aac": "audio/aac", "amr": "audio/amr", "avi": "video/x-msvideo", "bmp": "image/bmp", "csv": "text/csv",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "eml": "message/rfc822", "gif": "image/gif", "heic": "image/heic", "htm": "text/html", "html": "text/html",
    "jpeg": "image/jpeg", "jpg": "image/jpeg", "json": "application/json", "m4a": "audio/mp4", "md": "text/markdown",
    "mhtml": "multipart/related", "mkv": "video/x-matroska", "mov": "video/quicktime", "mp3": "audio/mpeg",
    "mp4": "video/mp4", "odt": "application/vnd.oasis.opendocument.text", "ods":
    "application/vnd.oasis.opendocument.spreadsheet", "ogg": "audio/ogg", "opus": "audio/ogg",
    "pdf": "application/pdf", "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation", "rtf": "application/rtf",
    "svg": "image/svg+xml", "tif": "image/tiff", "tiff": "image/tiff", "txt": "text/plain", "warc": "application/warc",
    "wav": "audio/wav", "webm": "video/webm", "webp": "image/webp", "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xml": "application/xml",
    "zip": "application/zip", "3gp": "video/3gpp", "7z": "application/x-7z-compressed",
}  # fmt: skip

_BY_MAGIC: Final = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\x1aE\xdf\xa3", "video/x-matroska"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"MZ", "application/vnd.microsoft.portable-executable"),
    (0, b"\x7fELF", "application/x-executable"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (8, b"AVI ", "video/x-msvideo"),
    (4, b"ftyp", "video/mp4"),
)
_INSIDE: Final = {
    "application/zip": ("application/vnd.openxmlformats", "application/vnd.oasis"),
    "application/x-ole-storage": ("application/msword", "application/vnd.ms-excel"),
    "video/mp4": ("video/", "audio/mp4", "image/heic"),
    "video/x-matroska": ("video/webm",),
    "audio/ogg": ("audio/ogg",),
}
"""What the first bytes say → what a name may say more exactly: a Word document is a ZIP file inside."""


def media_type(name: str, beginning: bytes) -> str | None:
    """Return the media type of a file called `name` that begins so; None where neither tells.

    The bytes are believed before the name: a program called photo.jpg is no photo.
    """
    named = _BY_SUFFIX.get(name.rpartition(".")[2].lower()) if "." in name else None
    seen = next((kind for at, magic, kind in _BY_MAGIC if beginning[at : at + len(magic)] == magic), None)
    if seen is None:
        return named
    return named if named is not None and named.startswith((seen, *_INSIDE.get(seen, ()))) else seen
