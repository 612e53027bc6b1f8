"""What a file may consist of so that what its functions do can be taken from one submission for another.

Allowed is what does nothing but compute: no name here leads to the text of a file, its lines, names or docstrings, to
frames, modules, files, time, chance, addresses, memory that nobody has written, or to a place where something could be
left for the next call. What is not listed is not shared.
"""

from __future__ import annotations

import ast
from typing import Final

__all__ = ["ATTRIBUTES", "BUILTINS", "CHILDREN", "LIBRARIES", "MODULES", "TYPES", "UNREAD_MODULES"]

# Kinds of nodes, each with those of its fields that hold other nodes. No classes, decorators, generators, `match` (it
# reads attributes that it names itself), sets (their order), `global`, nothing asynchronous, no type parameters.
CHILDREN: Final[dict[type[ast.AST], tuple[str, ...]]] = {
    ast.AnnAssign: ("target", "annotation", "value"),
    ast.Assert: ("test", "msg"),
    ast.Assign: ("targets", "value"),
    ast.Attribute: ("value",),
    ast.AugAssign: ("target", "value"),
    ast.BinOp: ("left", "right"),
    ast.BoolOp: ("values",),
    ast.Break: (),
    ast.Call: ("func", "args", "keywords"),
    ast.Compare: ("left", "comparators"),
    ast.Constant: (),
    ast.Continue: (),
    ast.Delete: ("targets",),
    ast.Dict: ("keys", "values"),
    ast.DictComp: ("key", "value", "generators"),
    ast.ExceptHandler: ("type", "body"),
    ast.Expr: ("value",),
    ast.For: ("target", "iter", "body", "orelse"),
    ast.FormattedValue: ("value", "format_spec"),
    ast.FunctionDef: ("args", "returns", "body"),
    ast.GeneratorExp: ("elt", "generators"),
    ast.If: ("test", "body", "orelse"),
    ast.IfExp: ("test", "body", "orelse"),
    ast.Import: (),
    ast.ImportFrom: (),
    ast.JoinedStr: ("values",),
    ast.Lambda: ("args", "body"),
    ast.List: ("elts",),
    ast.ListComp: ("elt", "generators"),
    ast.Name: (),
    ast.NamedExpr: ("target", "value"),
    ast.Nonlocal: (),
    ast.Pass: (),
    ast.Raise: ("exc", "cause"),
    ast.Return: ("value",),
    ast.Slice: ("lower", "upper", "step"),
    ast.Starred: ("value",),
    ast.Subscript: ("value", "slice"),
    ast.Try: ("body", "handlers", "orelse", "finalbody"),
    ast.Tuple: ("elts",),
    ast.UnaryOp: ("operand",),
    ast.While: ("test", "body", "orelse"),
    ast.With: ("items", "body"),
    ast.arg: ("annotation",),
    ast.arguments: ("posonlyargs", "args", "vararg", "kwonlyargs", "kw_defaults", "kwarg", "defaults"),
    ast.comprehension: ("target", "iter", "ifs"),
    ast.keyword: ("value",),
    ast.withitem: ("context_expr", "optional_vars"),
}

_BUILTINS: Final = """
    abs all any bool complex dict divmod enumerate filter float int isinstance iter len list map max min next pow print
    range reversed round slice sorted str sum tuple zip
    ArithmeticError AssertionError AttributeError Exception FloatingPointError IndexError KeyError LookupError
    NotImplementedError OverflowError RuntimeError StopIteration TypeError ValueError ZeroDivisionError
    """
_NUMPY: Final = """
    abs absolute add all allclose amax amin angle any append apply_along_axis apply_over_axes arange arccos arccosh
    arcsin arcsinh arctan arctan2 arctanh argmax argmin argpartition argsort argwhere around array array_equal
    array_split asarray ascontiguousarray astype atleast_1d atleast_2d atleast_3d average bincount bitwise_and
    bitwise_or bitwise_xor block bool_ broadcast_arrays broadcast_to cbrt ceil choose clip column_stack complex128
    complex64 complexfloating compress concatenate conj conjugate convolve copy copysign copyto corrcoef correlate cos
    cosh count_nonzero cov cross cumprod cumsum deg2rad degrees delete diag diag_indices diagflat diagonal diff
    digitize divide divmod dot dsplit dstack dtype e ediff1d einsum eps equal errstate euler_gamma exp exp2
    expand_dims expm1 eye fabs fill fill_diagonal finfo flat flatnonzero flatten flip fliplr flipud float16 float32
    float64 floating floor floor_divide fmax fmin fmod full full_like generic geomspace gradient greater greater_equal
    heaviside histogram hsplit hstack hypot i0 identity iinfo imag indices inf inner insert int16 int32 int64 int8
    integer interp intersect1d intp invert isclose iscomplexobj isfinite isin isinf isnan isneginf isposinf isreal
    isrealobj isscalar item itemsize ix_ kron ldexp less less_equal lexsort linalg linspace log log10 log1p log2
    logaddexp logaddexp2 logical_and logical_not logical_or logical_xor logspace matmul max maximum mean median
    meshgrid min minimum mod moveaxis multiply nan nan_to_num nanargmax nanargmin nancumsum nanmax nanmean nanmedian
    nanmin nanpercentile nanprod nanquantile nanstd nansum nanvar nbytes ndenumerate ndim ndindex negative newaxis
    nonzero not_equal number ones ones_like outer pad partition percentile pi piecewise place polyadd polyder polyfit
    polyint polymul polyval positive power prod ptp put put_along_axis putmask quantile rad2deg radians ravel
    ravel_multi_index real reciprocal reduce reduceat accumulate at remainder repeat reshape rint roll rollaxis roots
    rot90 round searchsorted select setdiff1d setxor1d shape sign signbit sin sinc sinh size sort split sqrt square
    squeeze stack std subtract sum swapaxes take take_along_axis tan tanh tensordot tile tiny tolist trace transpose
    trapezoid tri tril tril_indices triu triu_indices true_divide trunc uint16 uint32 uint64 uint8 union1d unique
    unravel_index unwrap vander var vdot vectorize vsplit vstack where zeros zeros_like T
    """
_LINALG: Final = """
    LinAlgError cholesky cond det eig eigh eigvals eigvalsh inv lstsq matrix_norm matrix_power matrix_rank multi_dot
    norm pinv qr slogdet solve svd svdvals tensorsolve vector_norm
    """
_MATH: Final = """
    acos acosh asin asinh atan atan2 atanh ceil comb copysign cos cosh degrees dist e erf erfc exp expm1 fabs factorial
    floor fmod frexp fsum gamma gcd hypot inf isclose isfinite isinf isnan isqrt lcm ldexp lgamma log log10 log1p log2
    modf nan perm pi pow prod radians sin sinh sqrt tan tanh tau trunc
    """
_TYPING: Final = "Any Callable Dict Final Iterable List Literal Optional Sequence Tuple Union ArrayLike NDArray"
_OF_PYTHON: Final = """
    add append args clear copy count endswith extend get index insert isalpha isdigit items join keys lower lstrip pop
    remove replace reverse rstrip setdefault sort split startswith strip title update upper values zfill
    """

BUILTINS: Final = frozenset(_BUILTINS.split())
ATTRIBUTES: Final = frozenset(f"{_NUMPY} {_LINALG} {_MATH} {_TYPING} {_OF_PYTHON}".split())
# Types that may be named, in annotations and for `isinstance`, and not be called: that gives memory as it is.
TYPES: Final = frozenset({"ndarray"})
# Modules, each with what may be imported from it.
LIBRARIES: Final = {
    "__future__": frozenset({"annotations"}),
    "math": frozenset(_MATH.split()),
    "numpy": frozenset(_NUMPY.split()) | TYPES,
    "numpy.linalg": frozenset(_LINALG.split()),
    "numpy.typing": frozenset({"ArrayLike", "NDArray"}),
    "typing": frozenset(_TYPING.split()),
}
# Modules that many files import and do not use: they may be there as long as nothing reads the name.
UNREAD_MODULES: Final = frozenset({"collections", "copy", "functools", "itertools", "os", "random", "sys", "time"})
MODULES: Final = frozenset({*LIBRARIES, *UNREAD_MODULES})  # that may be imported
