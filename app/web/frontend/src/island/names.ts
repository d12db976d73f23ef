// Written by `python -m tests.web.names --write`; a test compares it with the JAX that is installed.
/** Members of modules: f functions, c classes, v other values, m modules. */
export const names: Record<string, Record<string, string>> = {
  "jax": {
    f:
      "allow_f16_reductions array_garbage_collection_guard auto_pcast block_until_ready check_tracer_leaks " +
      "checking_leaks checkpoint clear_caches closure_convert copy_to_host_async custom_gradient debug_infs " +
      "debug_key_reuse debug_nans default_backend default_device default_matmul_precision default_prng_impl " +
      "device_count device_get device_put devices disable_jit ds effects_barrier empty_ref enable_checks " +
      "enable_custom_prng enable_x64 ensure_compile_time_eval eval_shape explain_cache_misses free_ref freeze " +
      "fwd_and_bwd grad hessian host_count host_id host_ids jacfwd jacobian jacrev jax2tf_associative_scan_reductions " +
      "jit jvp legacy_prng_key linear_transpose linearize live_arrays local_device_count local_devices log_compiles " +
      "make_array_from_callback make_array_from_process_local_data make_array_from_single_device_arrays make_jaxpr " +
      "make_mesh make_user_context named_call named_scope new_ref no_execution no_tracing numpy_dtype_promotion " +
      "numpy_rank_promotion pmap print_environment_info process_count process_index process_indices pure_callback " +
      "remat remove_size_one_mesh_axis_from_type reshard shard_map smap softmax_custom_jvp thread_guard " +
      "threefry_partitionable transfer_guard transfer_guard_device_to_device transfer_guard_device_to_host " +
      "transfer_guard_host_to_device typeof value_and_grad vjp vmap",
    c: "Array Device NamedSharding P Ref ShapeDtypeStruct Shard custom_jvp custom_vjp set_mesh",
    v: "ad checkpoint_policies config float0 memory",
    m: "debug image lax nn numpy ops random scipy tree tree_util",
  },
  "jax.numpy": {
    f:
      "abs absolute acos acosh add all allclose amax amin angle any append apply_along_axis apply_over_axes arange " +
      "arccos arccosh arcsin arcsinh arctan arctan2 arctanh argmax argmin argpartition argsort argwhere around array " +
      "array_equal array_equiv array_repr array_split array_str asarray asin asinh astype atan atan2 atanh atleast_1d " +
      "atleast_2d atleast_3d average bartlett bincount bitwise_and bitwise_count bitwise_invert bitwise_left_shift " +
      "bitwise_not bitwise_or bitwise_right_shift bitwise_xor blackman block broadcast_arrays broadcast_shapes " +
      "broadcast_to can_cast cbrt ceil choose clip column_stack compress concat concatenate conj conjugate convolve " +
      "copy copysign corrcoef correlate cos cosh count_nonzero cov cross cumprod cumsum cumulative_prod cumulative_sum " +
      "deg2rad degrees delete diag diag_indices diag_indices_from diagflat diagonal diff digitize divide divmod dot " +
      "dsplit dstack ediff1d einsum einsum_path empty empty_like equal exp exp2 expand_dims expm1 extract eye fabs " +
      "fill_diagonal flatnonzero flip fliplr flipud float_power floor floor_divide fmax fmin fmod frexp from_dlpack " +
      "frombuffer fromfile fromfunction fromiter frompyfunc fromstring full full_like gcd geomspace get_printoptions " +
      "gradient greater greater_equal hamming hanning heaviside histogram histogram2d histogram_bin_edges histogramdd " +
      "hsplit hstack hypot i0 identity imag indices inner insert interp intersect1d invert isclose iscomplex " +
      "iscomplexobj isdtype isfinite isin isinf isnan isneginf isposinf isreal isrealobj isscalar issubdtype iterable " +
      "ix_ kaiser kron lcm ldexp left_shift less less_equal lexsort linspace load log log10 log1p log2 logaddexp " +
      "logaddexp2 logical_and logical_not logical_or logical_xor logspace mask_indices matmul matrix_transpose matvec " +
      "max maximum mean median meshgrid min minimum mod modf moveaxis multiply nan_to_num nanargmax nanargmin " +
      "nancumprod nancumsum nanmax nanmean nanmedian nanmin nanpercentile nanprod nanquantile nanstd nansum nanvar " +
      "ndim negative nextafter nonzero not_equal ones ones_like outer packbits pad partition percentile permute_dims " +
      "piecewise place poly polyadd polyder polydiv polyfit polyint polymul polysub polyval positive pow power " +
      "printoptions prod promote_types ptp put put_along_axis quantile rad2deg radians ravel ravel_multi_index real " +
      "reciprocal remainder repeat reshape resize result_type right_shift rint roll rollaxis roots rot90 round save " +
      "savez searchsorted select set_printoptions setdiff1d setxor1d shape sign signbit sin sinc sinh size sort " +
      "sort_complex spacing split sqrt square squeeze stack std subtract sum swapaxes take take_along_axis tan tanh " +
      "tensordot tile trace transpose trapezoid tri tril tril_indices tril_indices_from trim_zeros triu triu_indices " +
      "triu_indices_from true_divide trunc union1d unique unique_all unique_counts unique_inverse unique_values " +
      "unpackbits unravel_index unstack unwrap vander var vdot vecdot vecmat vectorize vsplit vstack where zeros " +
      "zeros_like",
    c:
      "ComplexWarning bfloat16 bool bool_ cdouble character complex128 complex64 complex_ complexfloating csingle " +
      "double dtype finfo flexible float16 float32 float4_e2m1fn float64 float6_e2m3fn float6_e3m2fn float8_e3m4 " +
      "float8_e4m3 float8_e4m3b11fnuz float8_e4m3fn float8_e4m3fnuz float8_e5m2 float8_e5m2fnuz float8_e8m0fnu float_ " +
      "floating generic iinfo inexact int1 int16 int2 int32 int4 int64 int8 int_ integer ndarray number object_ " +
      "signedinteger single ufunc uint uint1 uint16 uint2 uint32 uint4 uint64 uint8 unsignedinteger",
    v: "c_ e euler_gamma index_exp inf mgrid nan newaxis ogrid pi r_ s_",
    m: "fft linalg",
  },
  "jax.numpy.linalg": {
    f:
      "cholesky cond cross det diagonal eig eigh eigvals eigvalsh inv lstsq matmul matrix_norm matrix_power " +
      "matrix_rank matrix_transpose multi_dot norm outer pinv qr slogdet solve svd svdvals tensordot tensorinv " +
      "tensorsolve trace vecdot vector_norm",
  },
  "jax.numpy.fft": {
    f:
      "fft fft2 fftfreq fftn fftshift hfft ifft ifft2 ifftn ifftshift ihfft irfft irfft2 irfftn rfft rfft2 rfftfreq " +
      "rfftn",
  },
  "jax.lax": {
    f:
      "ConvGeneralDilatedDimensionNumbers DotDimensionNumbers PrecisionLike abs acos acosh add after_all all_gather " +
      "all_to_all approx_max_k approx_min_k argmax argmin asin asinh associative_scan atan atan2 atanh axis_index " +
      "axis_size batch_matmul bessel_i0e bessel_i1e betainc bitcast_convert_type bitwise_and bitwise_not bitwise_or " +
      "bitwise_xor broadcast broadcast_in_dim broadcast_like broadcast_shapes broadcast_to_rank broadcasted_iota cbrt " +
      "ceil clamp clz collapse complex composite concatenate cond conj conv conv_dimension_numbers " +
      "conv_general_dilated conv_general_dilated_local conv_general_dilated_patches conv_general_permutations " +
      "conv_general_shape_tuple conv_shape_tuple conv_transpose conv_transpose_shape_tuple conv_with_general_padding " +
      "convert_element_type cos cosh create_token cumlogsumexp cummax cummin cumprod cumsum custom_linear_solve " +
      "custom_root dce_sink digamma div dot dot_general dtype dynamic_index_in_dim dynamic_slice dynamic_slice_in_dim " +
      "dynamic_update_index_in_dim dynamic_update_slice dynamic_update_slice_in_dim empty eq erf erf_inv erfc exp exp2 " +
      "expand_dims expm1 fft floor fori_loop full full_like gather ge gt igamma igamma_grad_a igammac imag " +
      "index_in_dim index_take integer_pow iota is_finite le lgamma log log1p logistic lt map max min mul mulhi ne neg " +
      "nextafter optimization_barrier pad padtype_to_pads pbroadcast pcast platform_dependent pmax pmean pmin " +
      "polygamma population_count pow ppermute precv psend pshuffle psum psum_scatter pswapaxes ragged_all_to_all " +
      "ragged_dot ragged_dot_general random_gamma_grad real reciprocal reduce reduce_and reduce_max reduce_min " +
      "reduce_or reduce_precision reduce_prod reduce_sum reduce_window reduce_window_shape_tuple reduce_xor rem " +
      "reshape rev rng_bit_generator rng_uniform round rsqrt scaled_dot scan scatter scatter_add scatter_apply " +
      "scatter_max scatter_min scatter_mul scatter_sub select select_n shape_as_value shift_left " +
      "shift_right_arithmetic shift_right_logical sign sin sinh slice slice_in_dim sort sort_key_val split sqrt square " +
      "squeeze stack stage stop_gradient sub switch tan tanh tile top_k transpose unstack while_loop " +
      "with_sharding_constraint zeta",
    c:
      "AccuracyMode ConvDimensionNumbers DotAlgorithm DotAlgorithmPreset FftType GatherDimensionNumbers " +
      "GatherScatterMode Precision RaggedDotDimensionNumbers RandomAlgorithm RoundingMethod ScatterDimensionNumbers " +
      "Tolerance",
    v:
      "abs_p acos_p acosh_p add_p after_all_p all_gather_p all_to_all_p and_p approx_top_k_p argmax_p argmin_p asin_p " +
      "asinh_p atan2_p atan_p atanh_p axis_index_p bessel_i0e_p bessel_i1e_p bitcast_convert_type_p broadcast_in_dim_p " +
      "cbrt_p ceil_p clamp_p clz_p complex_p concatenate_p cond_p conj_p conv_general_dilated_p convert_element_type_p " +
      "copy_p cos_p cosh_p create_token_p cumlogsumexp_p cummax_p cummin_p cumprod_p cumsum_p dce_sink_p device_put_p " +
      "digamma_p div_p dot_general_p dynamic_slice_p dynamic_update_slice_p eq_p eq_to_p erf_inv_p erf_p erfc_p exp2_p " +
      "exp_p expm1_p fft_p floor_p gather_p ge_p gt_p igamma_grad_a_p igamma_p igammac_p imag_p integer_pow_p iota_p " +
      "is_finite_p le_p le_to_p lgamma_p linear_solve_p log1p_p log_p logistic_p lt_p lt_to_p max_p min_p mul_p " +
      "mulhi_p ne_p neg_p nextafter_p not_p optimization_barrier_p or_p pad_p pmax_p pmin_p polygamma_p " +
      "population_count_p pow_p ppermute_p psum_p ragged_all_to_all_p real_p reduce_and_p reduce_max_p reduce_min_p " +
      "reduce_or_p reduce_p reduce_precision_p reduce_prod_p reduce_sum_p reduce_window_max_p reduce_window_min_p " +
      "reduce_window_p reduce_window_sum_p reduce_xor_p regularized_incomplete_beta_p rem_p reshape_p rev_p " +
      "rng_bit_generator_p rng_uniform_p round_p rsqrt_p scan_p scatter_add_p scatter_max_p scatter_min_p " +
      "scatter_mul_p scatter_p scatter_sub_p select_and_gather_add_p select_and_scatter_add_p select_and_scatter_p " +
      "select_n_p sharding_constraint_p shift_left_p shift_right_arithmetic_p shift_right_logical_p sign_p sin_p " +
      "sinh_p slice_p sort_p split_p sqrt_p square_p squeeze_p stack_p stage_p stop_gradient_p sub_p tan_p tanh_p " +
      "tile_p top_k_p transpose_p unstack_p while_p xor_p zeta_p",
  },
  "jax.nn": {
    f:
      "celu dot_product_attention elu gelu get_scaled_dot_general_config glu hard_sigmoid hard_silu hard_swish " +
      "hard_tanh identity leaky_relu log1mexp log_sigmoid log_softmax logmeanexp logsumexp mish one_hot relu relu6 " +
      "scaled_dot_general scaled_matmul selu sigmoid silu soft_sign softmax softplus sparse_plus sparse_sigmoid " +
      "squareplus standardize swish tanh",
    m: "initializers",
  },
  "jax.nn.initializers": {
    f:
      "constant delta_orthogonal glorot_normal glorot_uniform he_normal he_uniform kaiming_normal kaiming_uniform " +
      "lecun_normal lecun_uniform normal ones orthogonal truncated_normal uniform variance_scaling xavier_normal " +
      "xavier_uniform zeros",
    c: "Initializer",
  },
  "jax.random": {
    f:
      "PRNGKey ball bernoulli beta binomial bits categorical cauchy chisquare choice clone dirichlet " +
      "double_sided_maxwell exponential f fold_in gamma generalized_normal geometric gumbel key key_data key_dtype " +
      "key_impl laplace loggamma logistic lognormal maxwell multinomial multivariate_normal normal orthogonal pareto " +
      "permutation poisson rademacher randint rayleigh split t triangular truncated_normal uniform wald weibull_min " +
      "wrap_key_data",
    v: "random_gamma_p",
  },
  "jax.tree": {
    f:
      "all broadcast flatten flatten_with_path leaves leaves_with_path map map_with_path reduce reduce_associative " +
      "static structure transpose unflatten",
  },
  "jax.debug": {
    f: "breakpoint callback inspect_array_sharding log print visualize_array_sharding visualize_sharding",
    c: "DebugEffect OrderedDebugEffect",
  },
};
