"""How long near names take: `python -m tests.benchmarks.near_names [names] [others]`; pure, no database.

Processor seconds, so that it tells the same on a machine that has other work.
"""

import random
import sys
import time
import tracemalloc

from artists.matching.near_names import near_names

SYLLABLES = ["ma", "ra", "ko", "ne", "li", "so", "ta", "vi", "el", "or", "an", "du", "be", "qui", "sta", "the", "lo"]


def invented(count: int, seed: int) -> dict[int, str]:
    """Names of two or three words; one in twenty ends like an ensemble, as real ones do."""
    chance = random.Random(seed)

    def word() -> str:
        return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).title()

    endings = ("Orchestra", "String Quartet", "Chamber Choir", "and the Band")
    return {
        number: " ".join(
            [word() for _ in range(chance.randint(1, 3))] + [chance.choice(endings)] * (chance.random() < 0.05)
        )
        for number in range(count)
    }


def misspelled(name: str, chance: random.Random) -> str:
    place = chance.randrange(len(name))
    return name[:place] + chance.choice("aeiou") + name[place + 1 :]


def main() -> None:
    few, many = (int(each) for each in (sys.argv[1:3] or ("10000", "100000")))
    others = invented(many, 1)
    chance = random.Random(2)
    names = {many + number: misspelled(chance.choice(others), chance) for number in range(few)}
    for label, first in ((f"{few} against {many}", names), (f"{many} among themselves", others)):
        started = time.process_time()
        found = near_names(first, others)
        print(f"{label}: {len(found)} pairs in {time.process_time() - started:.2f} s of a processor", flush=True)
    tracemalloc.start()
    near_names(names, others)
    print(f"most memory: {tracemalloc.get_traced_memory()[1] / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
