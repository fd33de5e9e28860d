"""What kind of place a folder is: carried off by a cloud service, or on another computer's disk."""

import os
from pathlib import Path
from typing import Final

CLOUDS: Final = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "icloud drive": "iCloud",
    "icloud~": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "mi unidad": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud": "pCloud",
    "megasync": "MEGA",
}
"""How the name of a folder begins → the service that carries it to other computers."""

MARKERS: Final = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".owncloudsync.log": "ownCloud",
}
"""What such a service leaves in its folder."""

NETWORK: Final = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "ceph", "9p", "davfs", "glusterfs",
        "lustre", "beegfs", "vboxsf", "prl_fs", "fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse",
        "fuse.glusterfs", "fuse.s3fs", "fuse.google-drive-ocamlfuse",
    }
)  # fmt: skip
"""Kinds of file system that are on another computer: locks do not hold there as SQLite needs them."""

MOUNTS: Final = Path("/proc/self/mounts")


def carried_by(path: Path) -> str | None:
    """Return the service that copies this folder elsewhere, None if it does not look so."""
    for folder in (path, *path.parents):
        name = folder.name.casefold()
        for beginning, service in CLOUDS.items():
            if name.startswith(beginning):
                return service
        for marker, service in MARKERS.items():
            if (folder / marker).exists():
                return service
    return None


def file_system(path: Path, mounts: Path = MOUNTS) -> str | None:
    """Return the kind of file system `path` is on, None where the system does not tell."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    best, kind = -1, None
    for line in lines:
        words = line.split()
        if len(words) < 3:  # noqa: PLR2004  (device, place, kind)
            continue
        place = words[1].encode().decode("unicode_escape", "replace")  # a blank stands there as \040
        if (path == Path(place) or Path(place) in path.parents) and len(place) >= best:
            best, kind = len(place), words[2]
    return kind


def on_network(path: Path) -> str | None:
    """Return the kind of a network file system that `path` is on, None if it is on none that is known."""
    kind = file_system(path)
    if kind in NETWORK:
        return kind
    return "UNC" if os.name == "nt" and str(path).startswith("\\\\") else None
