"""Files that a server sees too, over REST; for administrators."""

from django.http import HttpRequest
from ninja import Router, Schema

from connections.services.shared_disk import Platform, Risk, Shared, dismiss, recheck, shared_status
from stillwater.api.auth import require_admin
from stillwater.api.errors import errors
from stillwater.api.schemas import StatusOut

router = Router(tags=["SharedFilesystem"])


class SharedLibraryOut(Schema):
    """`overlap_with` is the first piece of evidence; all of it stands in the library's own answer."""

    library_id: str
    library_name: str
    path: str
    overlap_with: str


class FetcherWarningOut(Schema):
    platform: Platform
    library_name: str
    fetcher_names: list[str]
    risk_level: Risk
    message: str


class SharedStatusOut(Schema):
    has_overlaps: bool
    libraries: list[SharedLibraryOut]
    dismissed: bool
    image_fetcher_warnings: list[FetcherWarningOut]

    @classmethod
    def of(cls, shared: Shared) -> "SharedStatusOut":
        return cls(
            has_overlaps=bool(shared.libraries),
            libraries=[
                SharedLibraryOut(
                    library_id=str(library.pk),
                    library_name=library.name,
                    path=library.path,
                    overlap_with=next(iter(library.shared_fs_evidence), ""),
                )
                for library in shared.libraries
            ],
            dismissed=shared.dismissed,
            image_fetcher_warnings=[
                FetcherWarningOut(
                    platform=each.platform,
                    library_name=each.library_name,
                    fetcher_names=list(each.fetchers),
                    risk_level=each.risk_level,
                    message=each.message,
                )
                for each in shared.warnings
            ],
        )


class RecheckedOut(Schema):
    """`silent`: servers that did not answer; for them holds what was found before."""

    shared_libraries: int
    silent: dict[str, str]


@router.get(
    "/shared-filesystem/status",
    operation_id="getSharedFilesystemStatus",
    url_name="shared_filesystem",
    summary="Files that a server sees too",
    response={200: SharedStatusOut, **errors(401, 403)},
)
def status(request: HttpRequest) -> SharedStatusOut:
    """As it was found when somebody last looked."""
    require_admin(request)
    return SharedStatusOut.of(shared_status())


@router.post(
    "/shared-filesystem/dismiss",
    operation_id="dismissSharedFilesystem",
    url_name="dismiss_shared_filesystem",
    summary="Do not show it any more",
    response={200: StatusOut, **errors(401, 403)},
)
def dismiss_it(request: HttpRequest) -> StatusOut:
    """Until another library turns out to be shared."""
    require_admin(request)
    dismiss()
    return StatusOut(status="dismissed")


@router.post(
    "/shared-filesystem/recheck",
    operation_id="recheckSharedFilesystem",
    url_name="recheck_shared_filesystem",
    summary="Look again",
    response={200: RecheckedOut, **errors(401, 403)},
)
def look_again(request: HttpRequest) -> RecheckedOut:
    """Asks every server that is switched on."""
    require_admin(request)
    result = recheck()
    return RecheckedOut(shared_libraries=result.shared, silent=result.silent)
