"""Names that some versions of numpy have and others do not, and what to write in their place.

numpy 2 took away many names of 1.x and brought new ones; whoever follows an old tutorial, or a new one, meets an
AttributeError. Each entry says what does the same where the name is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["FUNCTIONS", "LINALG", "METHODS"]

# In place of `np.NAME`.
FUNCTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # gone with 2.0 to 2.5, or before
        "alen": "len",
        "alltrue": "np.all",
        "asfarray": "np.asarray(x, dtype=float)",
        "asscalar": "x.item()",
        "bool8": "np.bool_",
        "byte_bounds": "np.lib.array_utils.byte_bounds",
        "cast": "np.asarray(x, dtype=...)",
        "cfloat": "np.complex128",
        "chararray": "np.char.chararray",
        "clongfloat": "np.clongdouble",
        "compare_chararrays": "np.char.compare_chararrays",
        "complex_": "np.complex128",
        "cumproduct": "np.cumprod",
        "disp": "print",
        "fastCopyAndTranspose": "x.T.copy()",
        "find_common_type": "np.result_type",
        "float_": "np.float64",
        "format_parser": "np.rec.format_parser",
        "in1d": "np.isin",
        "Inf": "np.inf",
        "Infinity": "np.inf",
        "infty": "np.inf",
        "int0": "np.intp",
        "issctype": "issubclass(x, np.generic)",
        "issubclass_": "issubclass",
        "issubsctype": "np.issubdtype",
        "longcomplex": "np.clongdouble",
        "longfloat": "np.longdouble",
        "mat": "np.asarray",
        "maximum_sctype": "np.float64",
        "msort": "np.sort(x, axis=0)",
        "NAN": "np.nan",
        "NaN": "np.nan",
        "nbytes": "np.dtype(...).itemsize",
        "NINF": "-np.inf",
        "NZERO": "-0.0",
        "obj2sctype": "np.dtype(x).type",
        "PINF": "np.inf",
        "product": "np.prod",
        "PZERO": "0.0",
        "rank": "np.ndim",
        "RankWarning": "np.exceptions.RankWarning",
        "recfromcsv": "np.genfromtxt(..., delimiter=',')",
        "recfromtxt": "np.genfromtxt",
        "round_": "np.round",
        "row_stack": "np.vstack",
        "safe_eval": "ast.literal_eval",
        "sctype2char": "np.dtype(x).char",
        "set_string_function": "np.set_printoptions",
        "singlecomplex": "np.complex64",
        "sometrue": "np.any",
        "string_": "np.bytes_",
        "trapz": "np.trapezoid",
        "unicode": "str",
        "unicode_": "np.str_",
        "version": "np.__version__",
        # not there before 2.x
        "acos": "np.arccos",
        "acosh": "np.arccosh",
        "asin": "np.arcsin",
        "asinh": "np.arcsinh",
        "astype": "x.astype(...)",
        "atan": "np.arctan",
        "atan2": "np.arctan2",
        "atanh": "np.arctanh",
        "bitwise_count": "bin(x).count('1')",
        "bitwise_invert": "np.invert",
        "bitwise_left_shift": "np.left_shift",
        "bitwise_right_shift": "np.right_shift",
        "bool": "bool",
        "concat": "np.concatenate",
        "cumulative_prod": "np.cumprod",
        "cumulative_sum": "np.cumsum",
        "isdtype": "np.issubdtype",
        "long": "int",
        "matrix_transpose": "np.swapaxes(x, -1, -2)",
        "matvec": "(A @ x[..., None])[..., 0]",
        "permute_dims": "np.transpose",
        "pow": "np.power",
        "strings": "np.char",
        "trapezoid": "np.trapz",
        "ulong": "np.uint",
        "unique_all": "np.unique(x, return_index=True, return_inverse=True, return_counts=True)",
        "unique_counts": "np.unique(x, return_counts=True)",
        "unique_inverse": "np.unique(x, return_inverse=True)",
        "unique_values": "np.unique",
        "unstack": "list(x)",
        "vecdot": "np.sum(x * y, axis=-1)",
        "vecmat": "(x[..., None, :] @ A)[..., 0, :]",
        # Python's own, which numpy once gave under its name
        "complex": "complex",
        "float": "float",
        "int": "int",
        "object": "object",
        "str": "str",
    }
)

# In place of `np.linalg.NAME`, which 1.x does not have.
LINALG: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cross": "np.cross",
        "diagonal": "np.diagonal",
        "matmul": "np.matmul",
        "matrix_norm": "np.linalg.norm",
        "matrix_transpose": "np.swapaxes(x, -1, -2)",
        "outer": "np.outer",
        "svdvals": "np.linalg.svd(x, compute_uv=False)",
        "tensordot": "np.tensordot",
        "trace": "np.trace",
        "vecdot": "np.sum(x * y, axis=-1)",
        "vector_norm": "np.linalg.norm",
    }
)

# In place of `x.NAME` of an array.
METHODS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "itemset": "x[index] = value",
        "mT": "np.swapaxes(x, -1, -2)",
        "newbyteorder": "x.view(x.dtype.newbyteorder(...))",
        "ptp": "np.ptp(x)",
        "tostring": "x.tobytes()",
    }
)
