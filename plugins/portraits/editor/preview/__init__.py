"""``portraits serve``: the site on this machine, made again as its sources are saved."""
