"""The web server of the live course: application, security, JSON API, websocket and pages."""
