"""Two weights and an if, because there are two formats only."""


async def people(request: web.Request) -> web.Response:
    """Show the people in the format that the client likes best."""
    accept = ",".join(request.headers.getall("Accept", ["*/*"]))
    json_weight, csv_weight = quality("application/json", accept), quality("text/csv", accept)
    vary = {"Vary": "Accept"}
    if csv_weight > json_weight:
        return web.Response(text=as_csv(), content_type="text/csv", headers=vary)
    if json_weight > 0:
        return web.json_response(PEOPLE, headers=vary)
    raise web.HTTPNotAcceptable()
