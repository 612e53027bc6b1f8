"""The six functions as students write them: right in several ways, and wrong in those that are commonest."""

from __future__ import annotations

from typing import Final

__all__ = ["RIGHT", "WRONG"]


def _each(text: str) -> tuple[str, ...]:
    """The functions of a text, in which a line with `#` alone is between them."""
    return tuple(f"{part}\n" for part in text.strip().split("\n#\n"))


RIGHT: Final[dict[str, tuple[str, ...]]] = {
    "sigmoid_derivative": _each(
        """\
def sigmoid_derivative(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)
#
def sigmoid_derivative(z):
    e = np.exp(-z)
    return e / (1 + e) ** 2
#
def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(x):
    ds = sigmoid(x) * (1 - sigmoid(x))
    return ds
"""
    ),
    "image2vector": _each(
        """\
def image2vector(image):
    return image.reshape(-1, 1)
#
def image2vector(image):
    v = image.reshape(image.shape[0] * image.shape[1] * image.shape[2], 1)
    return v
#
def image2vector(img):
    l, w, h = img.shape
    print(img.shape)
    return np.reshape(img, (l * w * h, 1))
"""
    ),
    "normalizeRows": _each(
        """\
def normalizeRows(x):
    x_norm = np.linalg.norm(x, axis=1, keepdims=True)
    return x / x_norm
#
def normalizeRows(x):
    n = np.sqrt(np.sum(x**2, axis=1))
    return x / n.reshape(-1, 1)
"""
    ),
    "softmax": _each(
        """\
def softmax(x):
    x_exp = np.exp(x)
    x_sum = np.sum(x_exp, axis=1, keepdims=True)
    return x_exp / x_sum
#
def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
#
def softmax(x):
    e = np.exp(x)
    return np.array([row / row.sum() for row in e])
"""
    ),
    "L1": _each(
        """\
def L1(yhat, y):
    loss = np.sum(np.abs(y - yhat))
    return loss
#
def L1(yhat, y):
    return sum(abs(y - yhat))
#
def L1(y_hat, y):
    total = 0
    for i in range(len(y)):
        total += abs(y[i] - y_hat[i])
    return total
"""
    ),
    "L2": _each(
        """\
def L2(yhat, y):
    return np.dot(y - yhat, y - yhat)
#
def L2(yhat, y):
    loss = np.sum((y - yhat) ** 2)
    print(loss)
    return loss
"""
    ),
}

WRONG: Final[dict[str, tuple[str, ...]]] = {
    "sigmoid_derivative": _each(
        """\
def sigmoid_derivative(x):
    s = 1 / (1 + np.exp(-x))
    return s
#
def sigmoid_derivative(x):
    s = 1 / 1 + np.exp(-x)
    return s * (1 - s)
#
def sigmoid_derivative(x):
    s = None
    ds = None
    return ds
#
def sigmoid_derivitive(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)
"""
    ),
    "image2vector": _each(
        """\
def image2vector(image):
    return image.reshape(image.shape[0] * image.shape[1], image.shape[2])
#
def image2vector(image):
    return image.reshape(18, 1)
#
def image2vector(image):
    return image.flatten()
#
def image2vector(image):
    v = None
    return v
"""
    ),
    "normalizeRows": _each(
        """\
def normalizeRows(x):
    return x / np.linalg.norm(x, axis=1)
#
def normalizeRows(x):
    return x / np.linalg.norm(x, axis=0, keepdims=True)
#
def normalizeRows(x):
    x /= np.linalg.norm(x, axis=1, keepdims=True)
    return x
#
def normalize_rows(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)
"""
    ),
    "softmax": _each(
        """\
def softmax(x):
    x_exp = np.exp(x)
    return x_exp / np.sum(x_exp, axis=0, keepdims=True)
#
def softmax(x):
    x_exp = np.exp(x)
    return x_exp / np.sum(x_exp)
#
def softmax(x):
    x_exp = np.exp(x)
    return x_exp / np.sum(x_exp, axis=1)
#
def softmax(x):
    x_exp = np.exp(x)
    print(x_exp / np.sum(x_exp, axis=1, keepdims=True))
"""
    ),
    "L1": _each(
        """\
def L1(yhat, y):
    return np.mean(np.abs(y - yhat))
#
def L1(yhat, y):
    return abs(np.sum(y - yhat))
#
def L1(yhat, y):
    return np.sum(np.abs(y - y_hat))
"""
    ),
    "L2": _each(
        """\
def L2(yhat, y):
    return np.sqrt(np.sum((y - yhat) ** 2))
#
def L2(yhat, y):
    return np.sun((y - yhat) ** 2)
#
def L2(yhat, y):
    return sum(abs(y - yhat)
#
def L2(yhat, y):
    loss = None
    return loss
"""
    ),
}
