import os

import paho.mqtt.subscribe as subscribe

message = subscribe.simple(
    'home/lamp/state',
    hostname=os.environ['HOST'],
    port=int(os.environ['PORT']),
    auth={'username': os.environ['ROOM'], 'password': None},
)
print(message.payload.decode())
