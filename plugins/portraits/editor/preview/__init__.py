"""Run ``portraits serve``: the site on this machine, rebuilt whenever a source is saved."""
