"""Apps of steps and exercises as processes: started, watched, reached, ended."""
