"""What every room uses: files, processes, digests, problems. No idea of a portrait."""
