"""Every fix by the name that rules call it by. A new one is one file and one line."""

from collections.abc import Mapping

from rules.fixes.backdrops import BackdropCopiesFix, BackdropOrderFix
from rules.fixes.base import Fix
from rules.fixes.borrowed import BorrowedBackdropFix
from rules.fixes.discography import DiscographyFix
from rules.fixes.folder import FolderNameFix, StrayFix
from rules.fixes.identity import IdentityFix
from rules.fixes.logo import LogoFix
from rules.fixes.nfo import NfoFix
from rules.fixes.pictures import PictureFix
from rules.fixes.redirect import RedirectFix
from rules.fixes.text import TextFix

FIXES: Mapping[str, Fix] = {
    "identity": IdentityFix(),
    "redirect": RedirectFix(),
    "text": TextFix(),
    "picture": PictureFix(),
    "logo": LogoFix(),
    "backdrop_order": BackdropOrderFix(),
    "backdrop_copies": BackdropCopiesFix(),
    "borrowed": BorrowedBackdropFix(),
    "strays": StrayFix(),
    "folder_name": FolderNameFix(),
    "nfo": NfoFix(),
    "discography": DiscographyFix(),
}
