#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes embedded.S and embedded.cpp: every file the program carries, by its path.

Usage: embed.py SOURCE_DIR BINARY_DIR
Paths are relative to SOURCE_DIR; the built front-end files of build/assets appear under static/.
"""
import pathlib
import sys

FOLDERS = {"content": "content", "locales": "locales", "migrations": "migrations", "build/assets": "static"}


def carried(source):
    for folder, name in FOLDERS.items():
        top = source / folder
        for path in sorted(p for p in top.rglob("*") if p.is_file()) if top.is_dir() else []:
            yield f"{name}/{path.relative_to(top).as_posix()}", path


def main(source, binary):
    files = list(carried(source))
    assembly = ['.section .note.GNU-stack,"",@progbits', ".section .rodata"]
    for number, (_, path) in enumerate(files):
        assembly += [f".global cairn_file_{number}", f"cairn_file_{number}:", f'.incbin "{path}"',
                     f".global cairn_file_{number}_end", f"cairn_file_{number}_end:", ".byte 0"]
    externs = "".join(f"extern const char cairn_file_{n}[];\nextern const char cairn_file_{n}_end[];\n"
                      for n in range(len(files)))
    rows = "".join(
        f'      {{"{name}", {{cairn_file_{n}, static_cast<std::size_t>(cairn_file_{n}_end - cairn_file_{n})}}}},\n'
        for n, (name, _) in enumerate(files))
    (binary / "embedded.S").write_text("\n".join(assembly) + "\n")
    (binary / "embedded.cpp").write_text(
        '#include "base/embedded.hpp"\n\nextern "C" {\n' + externs + "}\n\nnamespace cairn {\n\n"
        "std::span<const EmbeddedFile> embedded_files() {\n  static const EmbeddedFile files[] = {\n" + rows +
        "  };\n  return files;\n}\n\n}  // namespace cairn\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
