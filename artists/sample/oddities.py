"""All oddities of folders, NFOs and pictures, written into a library and named in a manifest."""

import os
import shutil

from artists.sample import odd_folders, odd_nfos, odd_picture_files, odd_pictures, odd_sidecars
from artists.sample.disk import settle
from artists.sample.report import Oddity
from artists.sample.scenes import Case, Scene, stage

CASES: tuple[Case, ...] = (
    *odd_nfos.CASES,
    *odd_sidecars.CASES,
    *odd_pictures.CASES,
    *odd_folders.CASES,
    *odd_picture_files.CASES,
)


def add_oddities(root: bytes, seed: int, when: int) -> tuple[list[Oddity], list[Oddity]]:
    """Writes one folder per oddity below `root`; returns those made and those the file system refused.

    Folders that may not be read are closed last, when the times of everything are set.
    """
    made: list[tuple[Case, Scene]] = []
    refused: list[Oddity] = []
    for place, case in enumerate(CASES):
        scene = stage(root, case, seed, place, when)
        try:
            case.make(scene)
        except OSError:
            _discard(scene.path)
            refused.append(case.oddity)
        else:
            settle(scene.path, when)
            made.append((case, scene))
    for case, scene in made:
        if case.seal is not None:
            case.seal(scene)
    return [case.oddity for case, _ in made], refused


def _discard(path: bytes) -> None:
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
