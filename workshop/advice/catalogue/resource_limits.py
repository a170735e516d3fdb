"""Limits of a check: output, memory, recursion, files, signals, input."""

from workshop.advice.entry import Entry

ENTRIES = (
    Entry(
        "output",
        "OutputLimit|OutputLimitError",
        r"",
        "Your code printed more than anyone can read.",
        "Take the `print()` out of the loop.",
    ),
    Entry(
        "memory",
        "MemoryError",
        r"",
        "Your code asked for more memory than a check may have.",
        "Look for something that grows without end, or is far larger than needed.",
    ),
    Entry(
        "exit",
        "SystemExit",
        r"",
        "Your code ended the program with `sys.exit()` or `exit()`.",
        "Take the call out: a server answers and goes on.",
    ),
    Entry(
        "input",
        "EOFError",
        r"EOF when reading a line",
        "Your code waits for somebody to type (`input()`), but a server has no keyboard.",
        "Take what you need from the request.",
    ),
    Entry(
        "debugger",
        "EOFError",
        r"breakpoint\(\) waits for a key",
        "Your code stops in the debugger (`breakpoint()`), but in a check nobody is there to type.",
        "Take the `breakpoint()` out before you check.",
    ),
    Entry(
        "course-file",
        "PermissionError",
        r"^(\S+) is the course's own",
        "Your code tried to change {0}, a file of the course itself.",
        "Write next to your own file, `Path(__file__).parent`: in a check that is a copy.",
    ),
    Entry(
        "signal-refused",
        "PermissionError",
        r"^No check may signal",
        "Your code sends a signal to a process that it did not start.",
        "Take the call out (os.kill, os.killpg): it would end the course, or other programs.",
    ),
    Entry(
        "large-file",
        "OSError",
        r"File too large",
        "Your code wrote more into one file than a check may (64 MB).",
        "Look for the loop that writes without end.",
    ),
    Entry(
        "recursion",
        "RecursionError",
        r"",
        "A function called itself until Python stopped it.",
        "Look for the case in which it should not call itself any more.",
    ),
)
