"""`policygen completion`: the shell's own script."""

from __future__ import annotations

import click


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion_command(shell: str) -> None:
    """Print the script that completes commands, profiles and editions.

    \b
    bash:  policygen completion bash >> ~/.bashrc
    zsh:   policygen completion zsh >> ~/.zshrc
    fish:  policygen completion fish > ~/.config/fish/completions/policygen.fish
    """  # noqa: D301  # click knows a paragraph to leave alone by the character that \b stands for
    from click.shell_completion import get_completion_class

    from policygen.cli import main

    made = get_completion_class(shell)
    assert made is not None  # click knows all three
    click.echo(made(main, {}, "policygen", "_POLICYGEN_COMPLETE").source())
