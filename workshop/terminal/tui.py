"""The watch as a full-screen application of prompt_toolkit."""

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

from workshop.terminal.actions import KeyActions
from workshop.terminal.layout import RowBuffer, ScreenLayout
from workshop.terminal.view import Pane, ended_by_signals
from workshop.terminal.watch_state import WatchState

Fail = Callable[[BaseException], None]
ESCAPE = 0.1
"""Seconds after an Escape in which more characters make it an arrow key."""


class LayoutControl(UIControl):
    """The control of prompt_toolkit that shows a ScreenLayout; errors go to `fail`."""

    def __init__(self, layout: ScreenLayout, encoding: str, fail: Fail) -> None:
        self._layout = layout
        self._encoding = encoding
        self._fail = fail

    def create_content(self, width: int, height: int) -> UIContent:
        """Return the rows for a width and height."""
        page, lines = RowBuffer(width, self._encoding), []
        try:
            lines = [page.formatted(row) for row in self._layout.rows(width, height)]
        except Exception as error:
            self._fail(error)
        return UIContent(lines.__getitem__, len(lines), show_cursor=False)


class WatchScreen:
    """The view that fills the terminal and reads keys.

    It uses the process's terminal, unless a test passes an input and an output.
    """

    def __init__(
        self, watch: WatchState, stdin: Input | None = None, stdout: Output | None = None
    ) -> None:
        encoding = sys.stdout.encoding or "ascii"
        self._watch = watch
        self._keys = KeyActions(watch, self)
        watch.attach(self)
        self._error: BaseException | None = None
        self._layout = ScreenLayout(watch, encoding)
        control = LayoutControl(self._layout, encoding, self._fail)
        control = LayoutControl(self._layout, encoding, self._fail)
        self._app: Application[None] = Application(
            Layout(Window(control, always_hide_cursor=True)),
            key_bindings=self._bindings(),
            full_screen=True,
            erase_when_done=True,
            input=stdin,
            output=stdout,
        )
        self._app.ttimeoutlen = self._app.timeoutlen = ESCAPE

    def show(self, pane: Pane) -> None:
        """Show a pane."""
        self._layout.show(pane)
        self._app.invalidate()

    def refresh(self) -> None:
        """Show the state of the check."""
        self._layout.refresh()
        self._app.invalidate()

    def notify(self, text: str) -> None:
        """Show a message."""
        self._layout.notify(text)
        self._app.invalidate()

    def close(self) -> None:
        """Exit the application."""
        if self._app.is_running and not self._app.is_done:
            self._app.exit()

    async def run(self) -> None:
        """Run the application until it exits; the terminal is restored.

        Raises the first error of the screen, of the event loop or of the watch.
        """
        loop = asyncio.get_running_loop()
        before = loop.get_exception_handler()
        loop.set_exception_handler(self._loop_error)
        following = asyncio.create_task(self._watch.handle_events())
        following.add_done_callback(lambda _: self.close())
        try:
            with ended_by_signals(self.close):
                await self._app.run_async(set_exception_handler=False)
        finally:
            following.cancel()
            (ended,) = await asyncio.gather(following, return_exceptions=True)
            loop.set_exception_handler(before)
        for error in (self._error, ended):
            if error and not isinstance(error, asyncio.CancelledError):
                raise error

    def _fail(self, error: BaseException) -> None:
        """Keep the first error for `run`, and exit."""
        self._error = self._error or error
        self.close()

    def _loop_error(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Handle an uncaught error of the event loop: `run` raises it after the exit."""
        if error := context.get("exception"):
            self._fail(error)

    def _bindings(self) -> KeyBindings:
        layout, bindings = self._layout, KeyBindings()

        def on(*keys: str, do: Callable[[], object]) -> None:
            for key in keys:
                bindings.add(key)(lambda event: do())

        on("up", do=lambda: layout.move(-1))
        on("down", do=lambda: layout.move(1))
        on("pageup", do=lambda: layout.page(-1))
        on("pagedown", " ", do=lambda: layout.page(1))
        on("home", do=lambda: layout.move(-(10**6)))
        on("end", do=lambda: layout.move(10**6))
        on("enter", do=self._choose)
        on("escape", do=self._back)
        on("c-c", "c-d", do=self.close)
        on("c-l", do=lambda: self._app.renderer.clear())
        on("c-z", do=lambda: self._app.suspend_to_background())
        on("<sigint>", do=self.close)
        bindings.add(Keys.Any)(self._press)
        bindings.add(Keys.BracketedPaste)(lambda event: None)
        return bindings

    def _press(self, event: KeyPressEvent) -> None:
        self._layout.message = ""
        self._keys.press(event.data)

    def _choose(self) -> None:
        if self._layout.pane is Pane.LIST:
            self._watch.open(self._layout.choice)

    def _back(self) -> None:
        self._layout.message = ""
        self._keys.press("escape")
        self._layout.show(Pane.VERDICT)
