"""The storage of the step, with its key as bytes that are decoded."""

import logging
import os

import aiohttp_session
from aiohttp import web
from aiohttp_session.cookie_storage import EncryptedCookieStorage
from cryptography.fernet import Fernet

from steps.step07_sessions.sessions import CookieStorage


def storage() -> aiohttp_session.AbstractStorage:
    """Say how sessions are kept."""
    return CookieStorage(Fernet(KEY.encode()), cookie_name="blog", samesite="Lax")
