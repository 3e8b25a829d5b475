"""What `make bench` runs: Galley's figures, each beside the least that any program could need for the same work.

Ours and the floor are measured in one run, because the speed of a shared machine drifts. `corpus` makes the
articles, `inside` works in the name of an instance, the other modules hold one measurement each.
"""
