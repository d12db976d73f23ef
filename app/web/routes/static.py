"""Built files. Invariant: see ``app.web.assets``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Response

from app.errors import NothingHere
from app.web import assets

router = APIRouter()


@router.get(assets.PATH + "/{name}", include_in_schema=False)
def get_asset(name: str, accepted: Annotated[str, Header(alias="Accept-Encoding")] = "") -> Response:
    """One of them, which never changes."""
    asset = assets.find(name)
    if asset is None:
        raise NothingHere("No file of this name belongs to the pages. Reload the page that asked for it.")
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    if asset.zipped is not None and "gzip" in accepted:
        return Response(asset.zipped, 200, headers | {"Content-Encoding": "gzip"}, asset.media_type)
    return Response(asset.content, 200, headers, asset.media_type)
