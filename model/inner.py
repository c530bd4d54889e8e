"""How a function is compiled that only compiled functions call: typed and lowered, and no more.

By itself numba optimises every function, makes machine code of it and then does both again in each of its callers. The
engine has some two hundred inner functions, and no machine code of theirs is ever run: what Python calls takes them in.
Without it, and without the passes for what no rule does (closures, ``with``, exceptions), compiling takes three fifths
of the time, and results are the same.

A pipeline of one's own is a way numba documents to change how it compiles; a library of one's own is not. So it is done
with the versions of numba it was tried with, and any other compiles as it is used to, to the same bits.
"""

import gc
from typing import Any

import numba
from numba import _dynfunc
from numba.core import typed_passes, untyped_passes
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import CompilerPass, PassManager, register_pass

TRIED = ("0.68",)
IS_TRIED = ".".join(numba.__version__.split(".")[:2]) in TRIED


class InnerLibrary(JITCodeLibrary):
    """Code to be taken in by other code, where it is optimised and becomes machine code."""

    def _optimize_final_module(self) -> None:
        """Leave it to the caller."""

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._finalized = True


@register_pass(mutates_CFG=True, analysis_only=False)
class InnerLowering(typed_passes.NativeLowering):
    """Lower a function into an ``InnerLibrary``, and make it known to its callers."""

    _name = "inner_lowering"

    def run_pass(self, state: Any) -> bool:
        """Run the pass."""
        state.library = InnerLibrary(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        state.flags.no_compile = True
        super().run_pass(state)
        described = state.cr.fndesc
        no_entry = _dynfunc.make_function(
            described.lookup_module(), described.qualname, "", 0, state.cr.env, ()
        )
        state.targetctx.insert_user_function(no_entry, described, [state.library])
        state.cr = state.cr._replace(cfunc=no_entry)
        return True


@register_pass(mutates_CFG=True, analysis_only=False)
class SeldomLowering(InnerLowering):
    """Lower a function that stays one of its own; what it calls was typed as if it did not, and is not done twice."""

    _name = "seldom_lowering"

    def run_pass(self, state: Any) -> bool:
        """Run the pass."""
        state.flags.forceinline = False
        return super().run_pass(state)


class Passes(PassManager):
    """Run passes and do no more: numba also writes down all types at each, a line for each parameter."""

    def run(self, state: Any) -> None:
        """Run them all."""
        for each, _ in self.passes:
            each().run_pass(state)


class InnerCompiler(CompilerBase):
    """The few passes that a rule or the engine's wiring needs."""

    PASSES: tuple[type[CompilerPass], ...] = (
        untyped_passes.TranslateByteCode,
        untyped_passes.FixupArgs,
        untyped_passes.IRProcessing,
        untyped_passes.GenericRewrites,
        untyped_passes.ReconstructSSA,
        typed_passes.NopythonTypeInference,
        typed_passes.PreLowerStripPhis,
        typed_passes.IRLegalization,
        InnerLowering,
        typed_passes.NoPythonBackend,
    )

    def define_pipelines(self) -> list[PassManager]:
        """Return the only pipeline."""
        passes = Passes("inner")
        for one in self.PASSES:
            passes.add_pass(one, one.__name__)
        passes.finalize()
        return [passes]


class SeldomCompiler(InnerCompiler):
    """The same passes for a function that is not run every week."""

    PASSES = tuple(SeldomLowering if one is InnerLowering else one for one in InnerCompiler.PASSES)


class KernelCompiler(CompilerBase):
    """numba's own passes, and no search for garbage meanwhile: there is little, and it takes a tenth of the time."""

    def define_pipelines(self) -> list[PassManager]:
        """Return numba's pipeline."""
        return [DefaultPassBuilder.define_nopython_pipeline(self.state)]

    def compile_extra(self, func: Any) -> Any:
        """Compile a function and all that it calls."""
        was_on = gc.isenabled()
        gc.disable()
        try:
            return super().compile_extra(func)
        finally:
            if was_on:
                gc.enable()


#: Options of ``njit`` for a function that only compiled functions call, for such a one that is to stay a function, and
#: for one that Python calls.
INNER: dict[str, Any] = {"no_cpython_wrapper": True} | ({"pipeline_class": InnerCompiler} if IS_TRIED else {})
SELDOM: dict[str, Any] = {"no_cpython_wrapper": True} | (
    {"pipeline_class": SeldomCompiler, "forceinline": True} if IS_TRIED else {"forceinline": False}
)
OUTER: dict[str, Any] = {"pipeline_class": KernelCompiler} if IS_TRIED else {}
