"""Files in place or not at all: the manifest, fingerprints, stamps, releases."""
