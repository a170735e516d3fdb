"""The live course: the pages come alive. Server, API, door and front end."""
