"""Traffic made for tests: flows, exports of every kind, captures."""
