"""Files of a call: freshly uploaded, attached by name, or known by their id."""

from simulator.botapi.parameters import Arguments, Upload
from simulator.botapi.pictures import picture_size
from simulator.world.refusal import Refusal, bad_request
from simulator.world.world import StoredFile, World

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
    if upload is None:
        return _known_file(world, source, name)
    if not upload.data:
        raise bad_request("file must be non-empty")
    return upload


def _known_file(world: World, source: str, name: str) -> StoredFile:
    if not source:
        raise _missing(name)
    if source not in world.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return world.files[source]


def _missing(name: str) -> Refusal:
    if name == "media":
        return bad_request("can't parse InputMedia: media not found")
    return bad_request(f"there is no {name} in the request")
