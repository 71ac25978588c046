"""Measures headers, fingerprints and thumbnails on generated pictures; prints JSON lines, never fails on time.

Run from the top of the checkout: `python -m tests.benchmarks.imaging [--pictures 60]`.
"""

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

from artists.imaging.fingerprint import fingerprint
from artists.imaging.headers import read_header
from artists.imaging.thumbnails import make_thumbnail

SIZES = ((1920, 1080), (2560, 1440), (3840, 2160), (1000, 1000), (1500, 1500), (1000, 185))


def draw(folder: Path, number: int) -> Path:
    """A picture of real size and weight: soft shapes with some grain, every sixth a transparent PNG logo."""
    chance = random.Random(number)
    width, height = SIZES[number % len(SIZES)]
    noise = Image.effect_noise((width // 2, height // 2), 40).resize((width, height))
    image = Image.merge("RGB", (noise, noise.transpose(Image.Transpose.FLIP_LEFT_RIGHT), noise))
    pen = ImageDraw.Draw(image)
    for _ in range(30):
        left, top = chance.randrange(width), chance.randrange(height)
        colour = (chance.randrange(256), chance.randrange(256), chance.randrange(256))
        pen.ellipse((left, top, left + width // 5, top + height // 5), fill=colour)
    if number % 6 == 5:
        path = folder / f"{number}.png"
        image.resize((800, 310)).convert("RGBA").save(path)
        return path
    path = folder / f"{number}.jpg"
    image.filter(ImageFilter.GaussianBlur(0.7)).save(path, quality=88)
    return path


def report(name: str, count: int, run: Callable[[], object], **more: object) -> None:
    """Beside the rate, the milliseconds of one processor for one picture, which a busy machine does not stretch."""
    run()
    rates, spent = [], []
    for _ in range(3):
        start, worked = time.perf_counter(), time.process_time()
        run()
        rates.append(count / (time.perf_counter() - start))
        spent.append((time.process_time() - worked) * 1000 / count)
    figures = {"per_second": round(sorted(rates)[1], 1), "cpu_ms": round(sorted(spent)[1], 2)}
    print(json.dumps({"benchmark": name, "count": count, **figures, **more}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=60)
    pictures = parser.parse_args().pictures
    with tempfile.TemporaryDirectory() as name:
        paths = [str(draw(Path(name), number)) for number in range(pictures)]
        weight = round(sum(Path(path).stat().st_size for path in paths) / len(paths) / 1024)
        many = paths * max(1, 6000 // len(paths))
        report("headers", len(many), lambda: [read_header(path) for path in many])
        report("fingerprints, one process", len(paths), lambda: [fingerprint(path) for path in paths], mean_kib=weight)
        with ProcessPoolExecutor(2) as pool:
            report("fingerprints, two processes", len(paths) * 2, lambda: list(pool.map(fingerprint, paths * 2)))
        report("thumbnails 300 px", len(paths), lambda: [make_thumbnail(path, 300) for path in paths])
        large = [path for number, path in enumerate(paths) if SIZES[number % len(SIZES)] == (3840, 2160)]
        report("thumbnails 512 px from 4K", len(large), lambda: [make_thumbnail(path, 512) for path in large])


if __name__ == "__main__":
    main()
