graph [
 directed 1
 node [ id 0 label "a" age 3 ]
 node [ id 1 label "b &amp; c" ]
 edge [ source 0 target 1 weight 0.5 ]
]
