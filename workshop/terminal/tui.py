"""The watch screen on a terminal that can do more than write lines."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Layout, UIContent, UIControl, Window
from prompt_toolkit.output import Output

from workshop.apps.signals import ended_by_signals
from workshop.terminal.actions import Presses
from workshop.terminal.layout import Picture, Rows
from workshop.terminal.view import Sheet
from workshop.terminal.watch_state import Watch

Fail = Callable[[BaseException], None]
ESCAPE = 0.1
"""Seconds in which what follows an Escape belongs to it: an arrow key sends several letters."""


class Canvas(UIControl):
    """Paints a picture; when that goes wrong it says so, and paints nothing."""

    def __init__(self, picture: Picture, encoding: str, fail: Fail) -> None:
        self._picture = picture
        self._encoding = encoding
        self._fail = fail

    def create_content(self, width: int, height: int) -> UIContent:
        """Return the rows for a size."""
        page, lines = Rows(width, self._encoding), []
        try:
            lines = [page.painted(row) for row in self._picture.rows(width, height)]
        except Exception as error:
            self._fail(error)
        return UIContent(lines.__getitem__, len(lines), show_cursor=False)


class Screen:
    """The view that fills the terminal; `watch` is told which keys were pressed.

    It is the process's own terminal, unless something else is given to read from and to write to.
    """

    def __init__(
        self, watch: Watch, reads: Input | None = None, writes: Output | None = None
    ) -> None:
        encoding = sys.stdout.encoding or "ascii"
        self._watch = watch
        self._presses = Presses(watch, self)
        watch.tell(self)
        self._wrong: BaseException | None = None
        self._picture = Picture(watch, encoding)
        self._app: Application[None] = Application(
            Layout(Window(Canvas(self._picture, encoding, self._fail), always_hide_cursor=True)),
            key_bindings=self._bindings(),
            full_screen=True,
            erase_when_done=True,
            input=reads,
            output=writes,
        )
        self._app.ttimeoutlen = self._app.timeoutlen = ESCAPE

    def show(self, sheet: Sheet) -> None:
        """Show this, as it is now."""
        self._picture.show(sheet)
        self._app.invalidate()

    def changed(self) -> None:
        """Show what came of a check."""
        self._picture.changed()
        self._app.invalidate()

    def say(self, text: str) -> None:
        """Show a sentence below."""
        self._picture.say(text)
        self._app.invalidate()

    def end(self) -> None:
        """Leave the screen."""
        if self._app.is_running and not self._app.is_done:
            self._app.exit()

    async def run(self) -> None:
        """Show the screen until it is left; the terminal is then as it was before.

        Raises whatever went wrong meanwhile.
        """
        loop = asyncio.get_running_loop()
        before = loop.get_exception_handler()
        loop.set_exception_handler(self._stumbled)
        following = asyncio.create_task(self._watch.follow())
        following.add_done_callback(lambda _: self.end())
        try:
            with ended_by_signals(self.end):
                await self._app.run_async(set_exception_handler=False)
        finally:
            following.cancel()
            (ended,) = await asyncio.gather(following, return_exceptions=True)
            loop.set_exception_handler(before)
        for error in (self._wrong, ended):
            if error and not isinstance(error, asyncio.CancelledError):
                raise error

    def _fail(self, error: BaseException) -> None:
        """Leave the screen because of an error of ours."""
        self._wrong = self._wrong or error
        self.end()

    def _stumbled(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Take what nobody caught: a traceback over the screen could not be read."""
        if error := context.get("exception"):
            self._fail(error)

    def _bindings(self) -> KeyBindings:
        picture, bindings = self._picture, KeyBindings()

        def on(*keys: str, do: Callable[[], object]) -> None:
            for key in keys:
                bindings.add(key)(lambda event: do())

        on("up", do=lambda: picture.move(-1))
        on("down", do=lambda: picture.move(1))
        on("pageup", do=lambda: picture.page(-1))
        on("pagedown", " ", do=lambda: picture.page(1))
        on("home", do=lambda: picture.move(-(10**6)))
        on("end", do=lambda: picture.move(10**6))
        on("enter", do=self._choose)
        on("escape", do=self._back)
        on("c-c", "c-d", do=self.end)
        on("c-l", do=lambda: self._app.renderer.clear())
        on("c-z", do=lambda: self._app.suspend_to_background())
        on("<sigint>", do=self.end)
        bindings.add(Keys.Any)(self._press)
        bindings.add(Keys.BracketedPaste)(lambda event: None)
        return bindings

    def _press(self, event: KeyPressEvent) -> None:
        self._picture.notice = ""
        self._presses.press(event.data)

    def _choose(self) -> None:
        if self._picture.sheet is Sheet.LIST:
            self._watch.open(self._picture.choice)

    def _back(self) -> None:
        self._picture.notice = ""
        self._presses.press("escape")
        self._picture.show(Sheet.VERDICT)
