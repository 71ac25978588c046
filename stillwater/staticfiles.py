"""Static files with hashed names once they are collected, plain names before (tests, a fresh clone)."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The hashed name where there is a manifest that knows the file, else the name itself."""
        return str(self.hashed_files.get(self.hash_key(self.clean_name(name)), name))
