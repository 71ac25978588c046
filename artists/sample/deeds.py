"""Small deeds that an oddity consists of: links, pipes, folders in a file's place, closed doors."""

import os

from artists.sample.scenes import Deed, Scene, thumb


def dressed(scene: Scene) -> None:
    """An ordinary artist."""
    scene.dress()


def only_a_picture(scene: Scene) -> None:
    scene.put("folder.jpg", thumb())


def link(name: str, to: bytes) -> Deed:
    """A symbolic link in the folder; with an empty name the folder itself is the link."""
    return lambda scene: os.symlink(to, scene.at(name) if name else scene.path)


def folder(name: str) -> Deed:
    return lambda scene: os.makedirs(scene.at(name))


def pipe(name: str) -> Deed:
    return lambda scene: os.mkfifo(scene.at(name))


def second_name(name: str, of: bytes) -> Deed:
    """A hard link to a file elsewhere in the library."""
    return lambda scene: os.link(os.path.join(scene.root, of), scene.at(name))


def closed(name: str) -> Deed:
    """Takes all permissions away."""
    return lambda scene: os.chmod(scene.at(name), 0)


def without(name: str, deed: Deed) -> Deed:
    """An ordinary artist but for one file, in whose place the deed is done."""

    def make(scene: Scene) -> None:
        scene.dress(name)
        deed(scene)

    return make
