import assert from "node:assert/strict";
import { test } from "node:test";
import { pathOf } from "../src/app/frame";
import { newLines } from "../src/app/log";
import { parseHeaders } from "../src/app/request-form";

test("headers are parsed line by line, and an error names a line that is no header", () => {
  assert.deepEqual(parseHeaders("Accept: text/html\n\nX-A:  b:c "), [
    ["Accept", "text/html"],
    ["X-A", "b:c"],
  ]);
  assert.throws(() => parseHeaders("nonsense"), /"nonsense" is no header/);
});

test("each form of an address becomes a path of the app", () => {
  for (const [typed, path] of [
    ["/posts?page=2#a", "/posts?page=2#a"],
    ["posts", "/posts"],
    ["", "/"],
    [" /a b ", "/a b"],
    ["http://127.0.0.1:5000/posts/1", "/posts/1"],
    ["https://elsewhere.example", "/"],
    ["//elsewhere.example/x", "/elsewhere.example/x"],
    ["\\\\elsewhere.example", "/elsewhere.example"],
  ] as const) {
    const found = pathOf(typed);
    assert.equal(found, path);
    assert.equal(new URL("http://127.0.0.1:5000/" + found.slice(1)).host, "127.0.0.1:5000");
  }
});

test("lines of the log that are known already are not new", () => {
  assert.deepEqual(newLines(["a", "b"], 2, 0), ["a", "b"]);
  assert.deepEqual(newLines(["a", "b"], 2, 1), ["b"]);
  assert.deepEqual(newLines(["a", "b"], 2, 2), []);
  assert.deepEqual(newLines(["a", "b"], 2, 5), []);
  assert.deepEqual(newLines(["y", "z"], 900, 300), ["y", "z"]);
});
