"""Apps of steps and exercises as subprocesses: run, reload, lifeline, ports, client, doctor."""
