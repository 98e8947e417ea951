import os

import paho.mqtt.subscribe as subscribe


def heard(client, userdata, message):
    celsius = float(message.payload)
    client.publish('home/livingroom/heater/set', ('off', 'on')[celsius < 21], qos=1)


# The helper subscribes in an on_connect of its own.
subscribe.callback(heard, ['home/+/temperature'], qos=1, hostname=os.environ['HOST'],
                   port=int(os.environ['PORT']), auth={'username': os.environ['ROOM']})
