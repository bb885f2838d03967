"""Files of a call: freshly uploaded, attached by name, or known by their id."""

import struct

from simulator.botapi.parameters import Arguments, Upload
from simulator.world.refusal import bad_request
from simulator.world.world import StoredFile, World

_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PHOTO_LIMIT = 10 * 1024 * 1024
_SIDES_AT_MOST = 10_000
_RATIO_AT_MOST = 20


def document_of(world: World, args: Arguments, name: str = "document") -> StoredFile:
    found = _find(world, args, name)
    if isinstance(found, StoredFile):
        return found
    return world.store(found.name, found.mime, found.data, "documents")


def photo_of(world: World, args: Arguments, name: str = "photo") -> StoredFile:
    found = _find(world, args, name)
    if isinstance(found, StoredFile):
        if not found.width:
            raise bad_request("can't use file of type Document as Photo")
        return found
    return store_photo(world, found)


def store_photo(world: World, upload: Upload) -> StoredFile:
    if len(upload.data) > _PHOTO_LIMIT:
        raise bad_request(f"file of size {len(upload.data)} bytes is too big for a photo")
    size = picture_size(upload.data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    narrow, wide = sorted(size)
    if width + height > _SIDES_AT_MOST or not narrow or wide / narrow > _RATIO_AT_MOST:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return world.store(upload.name, upload.mime, upload.data, "photos", size)


def _find(world: World, args: Arguments, name: str) -> StoredFile | Upload:
    source = args.text(name)
    upload = args.uploads.get(source.removeprefix("attach://") if source else name)
    if upload is not None:
        if not upload.data:
            raise bad_request("file must be non-empty")
        return upload
    if not source:
        if name == "media":
            raise bad_request("can't parse InputMedia: media not found")
        raise bad_request(f"there is no {name} in the request")
    if source not in world.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return world.files[source]


def picture_size(data: bytes) -> tuple[int, int] | None:
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        return struct.unpack(">II", data[16:24])
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        return struct.unpack("<HH", data[6:10])
    if data[:2] == b"\xff\xd8":
        return _jpeg_size(data)
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
