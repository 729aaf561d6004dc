"""What the bot says to a Slack workspace, made by pure functions.

An answer becomes a `Screen` (`render`), a `Screen` becomes a message, a window
or the App Home (`payload`, `home`). The newsletter's Markdown becomes blocks of
spans (`spans`), pages of them (`pages`), and Slack's mrkdwn (`mrkdwn`, `escape`).
"""
