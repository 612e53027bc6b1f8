"""A class: from the download folder to the gradebook."""
